package lip.api.call;

import java.util.List;
import java.util.Objects;
import lip.api.Dialect;
import lip.api.Json;

/**
 * The request body a call was decoded from. A backend of the same dialect may send these bytes
 * again, with only the fields it must change spliced in: so unknown fields and the spelling of
 * everything else survive. A call that a stage has changed has no source any more.
 *
 * @param dialect dialect of the body
 * @param body the whole body
 * @param fields the members of the body in their order, as its decoder met them, so that nobody has
 *     to look for them again; empty = not known
 */
public record Source(Dialect dialect, Json body, List<Field> fields) {
  /**
   * A member of the body, by offsets of bytes.
   *
   * @param name the name, without escapes
   * @param start where the name begins, with its quote
   * @param value where the value begins
   * @param end the byte behind the value
   */
  public record Field(String name, int start, int value, int end) {
    /** Checks that the offsets rise. */
    public Field {
      Objects.requireNonNull(name);
      if (start < 0 || value <= start || end <= value) {
        throw new IllegalArgumentException("a field at " + start + ", " + value + ", " + end);
      }
    }
  }

  /** Checks that the fields lie inside the body, one behind the other. */
  public Source {
    Objects.requireNonNull(dialect);
    fields = List.copyOf(fields);
    int free = 0;
    for (Field field : fields) {
      if (field.start() < free || field.end() > body.length()) {
        throw new IllegalArgumentException("a field at " + field.start() + " of the body");
      }
      free = field.end();
    }
  }

  /** A body whose fields are not known. */
  public Source(Dialect dialect, Json body) {
    this(dialect, body, List.of());
  }
}
