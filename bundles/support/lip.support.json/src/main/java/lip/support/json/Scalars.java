package lip.support.json;

import lip.api.Json;
import org.jspecify.annotations.Nullable;

/**
 * What small raw values say, without a parser for each: they are slices of a text that was read
 * before, so nothing is checked again.
 */
public final class Scalars {
  private static final int MOST_DIGITS = 15;

  private Scalars() {}

  /** The sort of a value. */
  public static JsonKind kind(Json json) {
    // The value may be large; its first byte tells, unless white space was cut out with it.
    byte[] first = new byte[1];
    json.copy(0, 1, first, 0);
    if (first[0] > ' ') {
      return kind(first, 0);
    }
    byte[] bytes = json.toBytes();
    return kind(bytes, start(bytes));
  }

  /** The text of a string; null = it is something else. */
  public static @Nullable String text(Json json) throws MalformedJson {
    byte[] bytes = json.toBytes();
    int start = start(bytes);
    if (kind(bytes, start) != JsonKind.STRING) {
      return null;
    }
    String text = new StringTexts().read(bytes, start + 1, bytes.length);
    // What is rare is the parser's.
    return text != null ? text : JsonReader.of(bytes).string();
  }

  /** A number without its fraction; null = it is something else. */
  public static @Nullable Long whole(Json json) throws MalformedJson {
    byte[] bytes = json.toBytes();
    int start = start(bytes);
    if (kind(bytes, start) != JsonKind.NUMBER) {
      return null;
    }
    long number = 0;
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] < '0' || bytes[i] > '9' || i - start == MOST_DIGITS) {
        return (long) JsonReader.of(bytes).number();
      }
      number = 10 * number + bytes[i] - '0';
    }
    return number;
  }

  private static int start(byte[] bytes) {
    int start = 0;
    while (bytes[start] <= ' ' && bytes[start] >= 0) {
      start++;
    }
    return start;
  }

  private static JsonKind kind(byte[] bytes, int start) {
    return switch (bytes[start]) {
      case '{' -> JsonKind.OBJECT;
      case '[' -> JsonKind.ARRAY;
      case '"' -> JsonKind.STRING;
      case 't', 'f' -> JsonKind.BOOLEAN;
      case 'n' -> JsonKind.NULL;
      default -> JsonKind.NUMBER;
    };
  }
}
