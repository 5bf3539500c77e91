package lip.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Fields of one dialect that the canonical model has no place for, in the order received. A backend
 * forwards those of its own dialect and reports the others as lost.
 *
 * @param byDialect dialect, then field name, then value
 */
public record Extensions(Map<Dialect, SequencedMap<String, Json>> byDialect) {
  /** No extension. */
  public static final Extensions NONE = new Extensions(Map.of());

  private static final SequencedMap<String, Json> NO_FIELDS =
      Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

  /** Copies. */
  public Extensions {
    Map<Dialect, SequencedMap<String, Json>> copy = new LinkedHashMap<>();
    byDialect.forEach((dialect, fields) -> {
      if (!fields.isEmpty()) {
        copy.put(dialect, Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields)));
      }
    });
    byDialect = Collections.unmodifiableMap(copy);
  }

  /** Fields of one dialect only. */
  public static Extensions of(Dialect dialect, SequencedMap<String, Json> fields) {
    return fields.isEmpty() ? NONE : new Extensions(Map.of(dialect, fields));
  }

  /** The fields of a dialect; empty when there are none. */
  public SequencedMap<String, Json> of(Dialect dialect) {
    // Mostly there are none, and each part of each message is asked.
    SequencedMap<String, Json> fields = byDialect.isEmpty() ? null : byDialect.get(dialect);
    return fields == null ? NO_FIELDS : fields;
  }

  /** Whether there is nothing at all. */
  public boolean isEmpty() {
    return byDialect.isEmpty();
  }
}
