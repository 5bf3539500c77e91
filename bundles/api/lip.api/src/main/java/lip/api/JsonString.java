package lip.api;

import org.jspecify.annotations.Nullable;

/**
 * A text, held in the form it came in: as characters, or as the JSON string that a client sent.
 * Most texts of a conversation are only passed on. As a JSON string they are a slice of the request
 * body, whoever writes them copies its bytes, and characters are made when somebody asks for them.
 *
 * <p>Equality is equality of the characters. Immutable, safe from any thread.
 */
public final class JsonString {
  private static final byte QUOTE = '"';
  private static final byte ESCAPE = '\\';

  private final @Nullable Json received;
  // Whoever sees it missing makes it anew.
  private @Nullable String text;

  private JsonString(@Nullable Json received, @Nullable String text) {
    this.received = received;
    this.text = text;
  }

  /** A text of characters. */
  public static JsonString of(String text) {
    return new JsonString(null, text);
  }

  /**
   * A text that was received.
   *
   * @param quoted a JSON string with its quotes, in valid UTF-8; the caller vouches for it
   */
  public static JsonString received(Json quoted) {
    int last = quoted.length() - 1;
    if (last < 1 || quoted.at(0) != QUOTE || quoted.at(last) != QUOTE) {
      throw new IllegalArgumentException("no JSON string");
    }
    return new JsonString(quoted, null);
  }

  /** The JSON string, with its quotes and spelled as it was received; null = made of characters. */
  public @Nullable Json received() {
    return received;
  }

  /** The characters; made once for a text that was received. */
  public String text() {
    String made = text;
    if (made == null && received != null) {
      made = unescaped(received.part(1, received.length() - 1).text());
      text = made;
    }
    return String.valueOf(made);
  }

  /** Whether it has no characters. */
  public boolean isEmpty() {
    return received == null ? text().isEmpty() : received.length() == 2;
  }

  /** Whether it is empty or white space; mostly the first character tells. */
  public boolean isBlank() {
    return !beginsVisibly() && text().isBlank();
  }

  /** false = not known without its characters. */
  private boolean beginsVisibly() {
    if (received == null) {
      return false;
    }
    int at = 1;
    while (received.at(at) == ' ' || received.at(at) == ESCAPE) {
      if (received.at(at) == ESCAPE && "ntr".indexOf(received.at(++at)) < 0) {
        return false;
      }
      at++;
    }
    return switch (received.at(at) & 0xFF) {
      // White space beyond ASCII begins with one of these.
      case QUOTE, 0xE1, 0xE2 -> false;
      case 0xE3 -> received.at(at + 1) != (byte) 0x80;
      default -> true;
    };
  }

  /**
   * Whether it begins so.
   *
   * @param ascii letters, digits and punctuation that JSON does not escape
   */
  public boolean startsWith(String ascii) {
    if (received != null) {
      for (int i = 0; i < ascii.length(); i++) {
        byte b = received.at(i + 1);
        if (b == ESCAPE) {
          return text().startsWith(ascii);
        }
        if (b != ascii.charAt(i)) {
          return false;
        }
      }
      return true;
    }
    return text().startsWith(ascii);
  }

  private static String unescaped(String inside) {
    int escape = inside.indexOf(ESCAPE);
    if (escape < 0) {
      return inside;
    }
    StringBuilder plain = new StringBuilder(inside.length());
    int from = 0;
    while (escape >= 0) {
      plain.append(inside, from, escape);
      char letter = inside.charAt(escape + 1);
      from = escape + 2;
      switch (letter) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'u' -> {
          plain.append((char) Integer.parseInt(inside, from, from + 4, 16));
          from += 4;
        }
        default -> plain.append(letter);
      }
      escape = inside.indexOf(ESCAPE, from);
    }
    return plain.append(inside, from, inside.length()).toString();
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof JsonString that)) {
      return false;
    }
    Json mine = received;
    Json theirs = that.received;
    return (mine != null && theirs != null && mine.equals(theirs)) || text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** The characters. */
  @Override
  public String toString() {
    return text();
  }
}
