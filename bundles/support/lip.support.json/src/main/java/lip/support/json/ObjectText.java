package lip.support.json;

import java.nio.charset.StandardCharsets;
import lip.api.Json;
import org.jspecify.annotations.Nullable;

/** Texts that are mostly a JSON object, such as the arguments of a tool call. */
public final class ObjectText {
  private static final int BEGINNING = 32;

  private ObjectText() {}

  /** The object that a text is, without white space around it; null = it is something else. */
  public static @Nullable Json of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    int to = utf8.length;
    while (from < to && blank(utf8[from])) {
      from++;
    }
    while (from < to && blank(utf8[to - 1])) {
      to--;
    }
    return from < to && isObject(utf8, from, to) ? Json.slice(utf8, from, to - from) : null;
  }

  private static boolean isObject(byte[] utf8, int from, int to) {
    if (utf8[from] == '{'
        && ValueEnd.ofNested(utf8, from + 1, to, true, Parsers.MAX_DEPTH - 1) == to) {
      return true;
    }
    try {
      JsonReader reader = JsonReader.of(utf8, from, to - from);
      boolean object = reader.peek() == JsonKind.OBJECT;
      reader.skip();
      reader.finish();
      return object;
    } catch (MalformedJson _) {
      return false;
    }
  }

  /**
   * Whether the first member of an object has this name, as far as that can be told by its first
   * bytes. Nothing else of it is looked at.
   */
  public static boolean beginsWith(Json object, String name) {
    byte[] first = new byte[Math.min(BEGINNING, object.length())];
    object.copy(0, first.length, first, 0);
    int at = 1;
    while (at < first.length && blank(first[at])) {
      at++;
    }
    if (at + name.length() + 2 > first.length || first[0] != '{' || first[at] != '"') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (first[at + 1 + i] != name.charAt(i)) {
        return false;
      }
    }
    return first[at + 1 + name.length()] == '"';
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
