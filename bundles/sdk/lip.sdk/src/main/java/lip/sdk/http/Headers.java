package lip.sdk.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP header fields in order; names compare without case. Immutable. Values never hold a line
 * break.
 */
public final class Headers {
  /** No field. */
  public static final Headers NONE = new Headers(List.of());

  /**
   * One field.
   *
   * @param name token
   * @param value one line
   */
  public record Field(String name, String value) {
    /** Refuses what would break the message apart. */
    public Field {
      if (name.isEmpty() || bad(name, true) || bad(value, false)) {
        throw new IllegalArgumentException("header field with an illegal character");
      }
    }

    private static boolean bad(String text, boolean token) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c > 0xff || c == 0x7f || (c < 0x20 && c != '\t') || (token && (c <= ' ' || c == ':'))) {
          return true;
        }
      }
      return false;
    }
  }

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  /** From fields, in order. */
  public static Headers of(List<Field> fields) {
    return fields.isEmpty() ? NONE : new Headers(List.copyOf(fields));
  }

  /** From names and values in turn. */
  public static Headers of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(fields);
  }

  /** The fields in order. */
  public List<Field> fields() {
    return fields;
  }

  /** First value of a name; null = none. */
  public @Nullable String first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return null;
  }

  /** All values of a name, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /** These fields and one more at the end. */
  public Headers plus(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(List.copyOf(more));
  }

  /** These fields and others behind them. */
  public Headers plus(Headers others) {
    if (others.fields.isEmpty()) {
      return this;
    }
    List<Field> more = new ArrayList<>(fields);
    more.addAll(others.fields);
    return new Headers(List.copyOf(more));
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    StringBuilder names = new StringBuilder("Headers[");
    for (Field field : fields) {
      names.append(names.length() > 8 ? ", " : "").append(field.name());
    }
    return names.append(']').toString();
  }
}
