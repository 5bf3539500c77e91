package lip.support.json;

/**
 * Finds where a value ends that nobody reads, such as the schema of a tool: no token is made of
 * what stands inside, strings are passed over eight bytes at a time. What ends here is valid JSON;
 * what is rare or illegal is left to whoever asks.
 */
final class ValueEnd {
  /** Not found: rare, or no JSON. */
  static final int UNKNOWN = -1;

  private static final int MOST_DIGITS = 18;

  /** Words without an escape after which the next one is not expected soon. */
  private static final int QUIET = 4;

  private final byte[] json;
  private final int to;
  private int at;

  private ValueEnd(byte[] json, int from, int to) {
    this.json = json;
    this.to = to;
    at = from;
  }

  /**
   * The byte behind an object or array.
   *
   * @param from the byte behind its opening bracket
   * @param to where the bytes end
   * @param deeper levels that may be inside of it, 63 at the most
   */
  static int ofNested(byte[] json, int from, int to, boolean object, int deeper) {
    return new ValueEnd(json, from, to).nested(object, deeper);
  }

  /**
   * The byte behind a string.
   *
   * @param from the byte behind its opening quote
   * @param to where the bytes end
   */
  static int ofString(byte[] json, int from, int to) {
    ValueEnd end = new ValueEnd(json, from, to);
    return end.string() ? end.at : UNKNOWN;
  }

  private int nested(boolean object, int deeper) {
    // The lowest bit tells whether the innermost level is an object, the next one that around it.
    long objects = object ? 1 : 0;
    int depth = 0;
    boolean first = true;
    while (true) {
      boolean inObject = (objects & 1) != 0;
      byte next = next();
      if (next == (inObject ? '}' : ']')) {
        at++;
        if (depth-- == 0) {
          return at;
        }
        objects >>>= 1;
        first = false;
        continue;
      }
      if (!first) {
        if (next != ',') {
          return UNKNOWN;
        }
        at++;
        next = next();
      }
      if (inObject) {
        if (next != '"' || !name()) {
          return UNKNOWN;
        }
        next = next();
      }
      if (next == '{' || next == '[') {
        if (++depth > deeper) {
          return UNKNOWN;
        }
        objects = (objects << 1) | (next == '{' ? 1 : 0);
        at++;
        first = true;
        continue;
      }
      if (!scalar(next)) {
        return UNKNOWN;
      }
      first = false;
    }
  }

  /** The next byte that is no white space; 0 = there is none. */
  private byte next() {
    while (at < to) {
      byte b = json[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return 0;
  }

  /** A name without escapes, and its colon. */
  private boolean name() {
    int end = plain(at + 1);
    if (end >= to || json[end] != '"') {
      return false;
    }
    at = end + 1;
    if (next() != ':') {
      return false;
    }
    at++;
    return true;
  }

  private boolean scalar(byte first) {
    return switch (first) {
      case '"' -> {
        at++;
        yield string();
      }
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean word(String word) {
    if (at + word.length() > to) {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      if (json[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  /** Without an exponent, which is rare. */
  private boolean number() {
    if (at < to && json[at] == '-') {
      at++;
    }
    boolean zero = at < to && json[at] == '0';
    int digits = digits();
    if (digits == 0 || (zero && digits > 1)) {
      return false;
    }
    if (at < to && json[at] == '.') {
      at++;
      return digits() > 0;
    }
    return true;
  }

  /** Passes over digits: how many there are; 0 = none, or many. */
  private int digits() {
    int from = at;
    while (at < to && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    return at - from > MOST_DIGITS ? 0 : at - from;
  }

  private boolean string() {
    int i = at;
    while ((i = usual(plain(i))) < to) {
      byte b = json[i];
      int length = b == '"' ? 0 : b == '\\' ? escape(i) : b < 0 ? beyondAscii(i) : b >= ' ' ? 1 : 0;
      if (b == '"') {
        at = i + 1;
        return true;
      }
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return false;
  }

  /**
   * Passes over what stands for itself and over usual escapes, eight bytes at a time without a
   * branch: code has an escape every few characters, and no predictor knows where. Stops where none
   * was for a while, and in front of what needs a closer look.
   *
   * @param from no letter of an escape
   */
  private int usual(int from) {
    int i = from;
    long carried = 0;
    for (int quiet = 0; quiet < QUIET && i + Long.BYTES <= to; quiet++) {
      long word = (long) EightBytes.LONGS.get(json, i);
      long escapes = EightBytes.backslashes(word);
      long letters = escapes << Byte.SIZE | carried;
      long stop = EightBytes.rare(word, escapes, letters);
      if (stop != 0) {
        int lane = EightBytes.first(stop);
        boolean letter = (letters >>> (lane * Byte.SIZE) & EightBytes.MARK) != 0;
        return i + lane - (letter ? 1 : 0);
      }
      carried = escapes >>> (Long.SIZE - Byte.SIZE);
      quiet = escapes == 0 ? quiet : -1;
      i += Long.BYTES;
    }
    return carried == 0 ? i : i - 1;
  }

  /** Passes over what stands for itself. */
  private int plain(int from) {
    int i = from;
    while (i + Long.BYTES <= to) {
      long marks = EightBytes.special((long) EightBytes.LONGS.get(json, i));
      if (marks != 0) {
        return i + EightBytes.first(marks);
      }
      i += Long.BYTES;
    }
    while (i < to && json[i] >= ' ' && json[i] != '"' && json[i] != '\\') {
      i++;
    }
    return i;
  }

  /** Length of an escape; 0 = it is none. */
  private int escape(int from) {
    if (from + 1 >= to) {
      return 0;
    }
    return switch (json[from + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> StringTexts.hex(json, from + 2, to) < 0 ? 0 : 6;
      default -> 0;
    };
  }

  /** Bytes of a character beyond ASCII; 0 = it is none, or of a rare range. */
  private int beyondAscii(int from) {
    int first = json[from] & 0xFF;
    int second = from + 1 < to ? json[from + 1] & 0xFF : 0;
    int bytes =
        switch (first) {
          case 0xE0 -> second >= 0xA0 ? 3 : 0;
          case 0xED -> second < 0xA0 ? 3 : 0;
          case 0xF0 -> second >= 0x90 ? 4 : 0;
          default -> first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 0;
        };
    if (from + bytes > to) {
      return 0;
    }
    for (int i = from + 1; i < from + bytes; i++) {
      if ((json[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return bytes;
  }
}
