package lip.core.settings;

import java.util.regex.Pattern;

/** Values fit for logs and pages. */
final class Shown {
  private static final int MOST = 200;
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");

  private Shown() {}

  /** At most 200 characters, control characters escaped, no password of a URL. */
  static String value(String text) {
    String safe = USER_INFO.matcher(text).replaceAll("//...@");
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < safe.length() && shown.length() < MOST; i++) {
      char c = safe.charAt(i);
      if (Character.isISOControl(c)) {
        shown.append(String.format("\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.length() < MOST ? shown.toString() : shown.substring(0, MOST - 3) + "...";
  }
}
