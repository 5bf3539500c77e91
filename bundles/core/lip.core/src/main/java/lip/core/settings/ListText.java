package lip.core.settings;

import java.util.ArrayList;
import java.util.List;

/** Lists as text: {@code a, b} or {@code [ "a", "b", ]}. */
public final class ListText {
  /** Most elements. */
  static final int MOST = 1024;

  private ListText() {}

  static List<String> split(String text) throws BadValue {
    List<String> elements = text.startsWith("[") ? bracketed(text) : plain(text);
    if (elements.size() > MOST) {
      throw new BadValue("more than " + MOST + " elements", null);
    }
    return elements;
  }

  /** The text form; in brackets where an element needs it. */
  public static String join(List<String> elements) {
    boolean plain =
        elements.stream()
            .allMatch(e ->
                !e.isBlank() && e.equals(e.strip()) && e.indexOf(',') < 0 && e.indexOf('"') < 0);
    if (elements.isEmpty() || (plain && !elements.getFirst().startsWith("["))) {
      return String.join(", ", elements);
    }
    StringBuilder text = new StringBuilder("[ ");
    for (String element : elements) {
      text.append(text.length() > 2 ? ", " : "").append('"').append(element).append('"');
    }
    return text.append(" ]").toString();
  }

  private static List<String> plain(String text) {
    List<String> elements = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        elements.add(part.strip());
      }
    }
    return elements;
  }

  private static List<String> bracketed(String text) throws BadValue {
    List<String> elements = new ArrayList<>();
    int at = 1;
    boolean comma = true;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' && comma) {
        int close = text.indexOf('"', at + 1);
        if (close < 0) {
          break;
        }
        elements.add(text.substring(at + 1, close));
        comma = false;
        at = close;
      } else if (c == ',') {
        comma = true;
      } else if (c == ']' && at == text.length() - 1) {
        return elements;
      } else if (c != ' ' && c != '\t') {
        break;
      }
      at++;
    }
    throw new BadValue("not a list", "a, b or [ \"a\", \"b\" ]");
  }
}
