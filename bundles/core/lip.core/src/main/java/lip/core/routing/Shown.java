package lip.core.routing;

/** Text of a client as it may stand in a message or a log line: one line, bounded. */
public final class Shown {
  private static final int LONGEST = 200;

  private Shown() {}

  /** The text with everything but printable characters escaped, at most 200 characters of it. */
  public static String text(String raw) {
    boolean plain = raw.length() <= LONGEST;
    for (int i = 0; plain && i < raw.length(); i++) {
      char c = raw.charAt(i);
      plain = c >= ' ' && c < 0x7f && c != '\\';
    }
    return plain ? raw : escaped(raw);
  }

  private static String escaped(String raw) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(raw.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = raw.charAt(i);
      if (c == '\\') {
        shown.append("\\\\");
      } else if (c >= ' ' && c < 0x7f) {
        shown.append(c);
      } else {
        shown.append("\\u").append(String.format("%04x", (int) c));
      }
    }
    return end < raw.length() ? shown.append("...").toString() : shown.toString();
  }
}
