package lip.core.http;

import org.jspecify.annotations.Nullable;

/** Foreign text made safe for a log line or a header. */
final class Plain {
  private static final int LONGEST = 200;

  private Plain() {}

  /** At most 200 characters, each control or exotic one escaped. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST) + 3);
    for (int i = 0; i < text.length(); i++) {
      if (i == LONGEST) {
        return line.append("...").toString();
      }
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '\\') {
        line.append("\\u").append(String.format("%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** Whether a client's trace id may be used as it is. */
  static boolean traceId(@Nullable String id) {
    if (id == null || id.isEmpty() || id.length() > 128) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && "._:-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a path as sent means what it looks like: no dot segment in any coding, no parameter, no
   * backslash, no broken or control escape. Only such a path is compared with the route claims.
   */
  static boolean path(String raw) {
    if (raw.isEmpty() || raw.charAt(0) != '/' || raw.length() > 8192) {
      return false;
    }
    int dots = 0;
    boolean others = false;
    for (int i = 1; i <= raw.length(); i++) {
      char c = i == raw.length() ? '/' : raw.charAt(i);
      if (c == '/') {
        if (dots > 0 && !others) {
          return false;
        }
        dots = 0;
        others = false;
        continue;
      }
      if (c <= ' ' || c >= 0x7f || c == ';' || c == '\\') {
        return false;
      }
      if (c == '%') {
        int decoded = escape(raw, i);
        if (decoded < 0x20 || decoded == 0x7f || decoded == '\\') {
          return false;
        }
        i += 2;
        c = (char) decoded;
      }
      if (c == '.') {
        dots++;
      } else {
        others = true;
      }
    }
    return true;
  }

  private static int escape(String raw, int at) {
    if (at + 2 >= raw.length()) {
      return -1;
    }
    int high = Character.digit(raw.charAt(at + 1), 16);
    int low = Character.digit(raw.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }
}
