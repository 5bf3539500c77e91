package lip.support.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the texts of JSON strings in one pass: eight bytes at a time where nothing is special,
 * escapes resolved on the way. What is rare or illegal is left to whoever asks. One thread.
 */
final class StringTexts {
  private static final int MOST_KEPT = 64 * 1024;
  private static final int WORD = Long.BYTES;

  /** What a character behind a backslash stands for; 0 = nothing, or more is needed to know. */
  private static final byte[] MEANINGS = meanings();

  // The text on its way: Latin-1 or, once a character beyond that was met, UTF-8.
  private byte[] text = {};
  private int length;
  private boolean wide;
  private int end;

  private static byte[] meanings() {
    byte[] meanings = new byte[256];
    String escaped = "\"\\/bfnrt";
    String meant = "\"\\/\b\f\n\r\t";
    for (int i = 0; i < escaped.length(); i++) {
      meanings[escaped.charAt(i)] = (byte) meant.charAt(i);
    }
    return meanings;
  }

  /**
   * The text of a string.
   *
   * @param from the byte behind the opening quote
   * @param to where the bytes end
   * @return null = not legal, cut off, or with half a character
   */
  @Nullable String read(byte[] json, int from, int to) {
    int special = from;
    while (special + WORD <= to) {
      long marks = EightBytes.special((long) EightBytes.LONGS.get(json, special));
      if (marks != 0) {
        special += EightBytes.first(marks);
        break;
      }
      special += WORD;
    }
    if (special < to && json[special] == '"') {
      end = special + 1;
      return new String(json, from, special - from, StandardCharsets.ISO_8859_1);
    }
    length = 0;
    wide = false;
    room(special - from);
    System.arraycopy(json, from, text, 0, special - from);
    length = special - from;
    String read = resolve(json, special, to) ? made() : null;
    if (text.length > MOST_KEPT) {
      text = new byte[0];
    }
    return read;
  }

  /** The byte behind the closing quote of the string that was read last. */
  int end() {
    return end;
  }

  private @Nullable String made() {
    if (!wide) {
      return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }
    String made = new String(text, 0, length, StandardCharsets.UTF_8);
    // What is not UTF-8 becomes this character: Jackson knows whether it was sent.
    return made.indexOf('\uFFFD') < 0 ? made : null;
  }

  /** Goes on up to the closing quote. */
  private boolean resolve(byte[] json, int from, int to) {
    byte[] into = text;
    int n = length;
    int at = from;
    while (at < to) {
      if (n + WORD > into.length) {
        length = n;
        room(WORD);
        into = text;
      }
      if (at + WORD <= to) {
        long word = (long) EightBytes.LONGS.get(json, at);
        EightBytes.LONGS.set(into, n, word);
        long marks = wide ? EightBytes.specialInUtf8(word) : EightBytes.special(word);
        int plain = marks == 0 ? WORD : EightBytes.first(marks);
        at += plain;
        n += plain;
        if (marks == 0) {
          continue;
        }
      }
      byte b = json[at];
      if (b == '\\') {
        byte meaning = at + 1 < to ? MEANINGS[json[at + 1] & 0xFF] : 0;
        if (meaning != 0) {
          into[n++] = meaning;
          at += 2;
          continue;
        }
      } else if (b == '"') {
        length = n;
        end = at + 1;
        return true;
      } else if (b >= ' ') {
        into[n++] = b;
        at++;
        continue;
      }
      length = n;
      int taken = b == '\\' ? unicode(json, at + 1, to) : beyondAscii(json, at, to);
      if (taken == 0) {
        return false;
      }
      at += taken;
      n = length;
      into = text;
    }
    return false;
  }

  /**
   * Resolves what begins with {@code \\u}, two of them where they are one character: the bytes, 0 =
   * something else, or half a character.
   */
  private int unicode(byte[] json, int at, int to) {
    int code = unit(json, at, to);
    int taken = 6;
    if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
      int low = at + 5 < to && json[at + 5] == '\\' ? unit(json, at + 6, to) : -1;
      if (code > Character.MAX_HIGH_SURROGATE
          || low < Character.MIN_LOW_SURROGATE
          || low > Character.MAX_LOW_SURROGATE) {
        return 0;
      }
      code = Character.toCodePoint((char) code, (char) low);
      taken = 12;
    }
    if (code < 0) {
      return 0;
    }
    if (code > 0xFF) {
      widen();
    }
    room(4);
    if (wide) {
      put(code);
    } else {
      text[length++] = (byte) code;
    }
    return taken;
  }

  /** The number behind a {@code u}; -1 = there is none. */
  private static int unit(byte[] json, int at, int to) {
    return at < to && json[at] == 'u' ? hex(json, at + 1, to) : -1;
  }

  /** Takes a character of Latin-1, or changes to UTF-8, where all is taken as it is. */
  private int beyondAscii(byte[] json, int at, int to) {
    byte b = json[at];
    if (b >= 0) {
      return 0; // A control character.
    }
    boolean latin = (b & 0xFE) == 0xC2 && at + 1 < to && json[at + 1] < -64;
    if (!latin) {
      widen();
    }
    room(1);
    if (wide) {
      text[length++] = b;
      return 1;
    }
    text[length++] = (byte) ((b << 6) | (json[at + 1] & 0x3F));
    return 2;
  }

  private void widen() {
    if (!wide) {
      wide = true;
      byte[] utf8 =
          new String(text, 0, length, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
      room(utf8.length - length);
      System.arraycopy(utf8, 0, text, 0, utf8.length);
      length = utf8.length;
    }
  }

  private void room(int more) {
    if (length + more > text.length) {
      text = Arrays.copyOf(text, Math.max(length + more + 256, 2 * text.length));
    }
  }

  /** The number that four hexadecimal digits are; -1 = they are none. */
  static int hex(byte[] json, int from, int to) {
    if (from + 4 > to) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = digit(json[i]);
      if (digit < 0) {
        return -1;
      }
      code = (code << 4) | digit;
    }
    return code;
  }

  private static int digit(byte b) {
    int lower = b | 0x20;
    return b >= '0' && b <= '9' ? b - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private void put(int code) {
    if (code < 0x80) {
      text[length++] = (byte) code;
      return;
    }
    if (code < 0x800) {
      text[length++] = (byte) (0xC0 | (code >> 6));
    } else {
      if (code < 0x10000) {
        text[length++] = (byte) (0xE0 | (code >> 12));
      } else {
        text[length++] = (byte) (0xF0 | (code >> 18));
        text[length++] = (byte) (0x80 | ((code >> 12) & 0x3F));
      }
      text[length++] = (byte) (0x80 | ((code >> 6) & 0x3F));
    }
    text[length++] = (byte) (0x80 | (code & 0x3F));
  }
}
