package lip.support.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's parser with a quicker way over strings, which are most of what agents send: eight bytes
 * at a time, and made into a {@code String} without a detour over characters. Whatever is not plain
 * is left to Jackson, so what is accepted and what is refused stays the same.
 */
final class Utf8Parser extends UTF8StreamJsonParser {
  private static final int MOST_KEPT = 64 * 1024;

  // Of the string that was scanned last.
  private boolean ascii;
  private boolean plain;
  private byte[] scratch = new byte[0];

  private Utf8Parser(
      IOContext context,
      int features,
      ByteQuadsCanonicalizer names,
      byte[] json,
      int from,
      int to) {
    super(context, features, null, null, names, json, from, to, 0, false);
  }

  /** Makes such parsers of byte arrays. */
  static final class Factory extends JsonFactory {
    private static final long serialVersionUID = 1L;

    Factory(JsonFactoryBuilder settings) {
      super(settings);
    }

    @Override
    protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context) {
      return new Utf8Parser(
          context,
          _parserFeatures,
          _byteSymbolCanonicalizer.makeChild(_factoryFeatures),
          data,
          offset,
          offset + length);
    }
  }

  @Override
  public String getText() throws IOException {
    if (_currToken == JsonToken.VALUE_STRING && _tokenIncomplete) {
      int end = scan(_inputPtr);
      String text = end < 0 ? null : text(_inputPtr, end);
      if (text != null) {
        _streamReadConstraints.validateStringLength(text.length());
        _textBuffer.resetWithString(text);
        _tokenIncomplete = false;
        _inputPtr = end + 1;
        return text;
      }
    }
    return super.getText();
  }

  @Override
  protected void _skipString() throws IOException {
    int end = scan(_inputPtr);
    if (end < 0 || !ascii) {
      super._skipString();
    } else {
      _tokenIncomplete = false;
      _inputPtr = end + 1;
    }
  }

  /**
   * The closing quote of the string that begins here; -1 = there is none, or something that no
   * string may hold. Leaves behind whether the string is ASCII, and whether it is plain: without
   * escapes, too.
   */
  private int scan(int from) {
    byte[] bytes = _inputBuffer;
    int to = _inputEnd;
    int i = from;
    boolean escapes = false;
    ascii = true;
    while (i < to) {
      if (i + 8 <= to) {
        long word = (long) EightBytes.LONGS.get(bytes, i);
        ascii &= EightBytes.beyondAscii(word) == 0;
        long stop = EightBytes.quotesAndEscapes(word) | EightBytes.controls(word);
        if (stop == 0) {
          i += 8;
          continue;
        }
        i += EightBytes.first(stop);
      }
      byte b = bytes[i];
      if (b == '"') {
        plain = ascii && !escapes;
        return i;
      }
      if (b >= 0 && b < ' ') {
        return -1;
      }
      int more = b == '\\' ? escape(i + 1, to) : 0;
      if (more < 0) {
        return -1;
      }
      ascii &= b > 0;
      escapes |= more > 0;
      i += 1 + more;
    }
    return -1;
  }

  /** Bytes behind a backslash that belong to it; -1 = they say nothing. */
  private int escape(int at, int to) {
    if (at == to) {
      return -1;
    }
    byte b = _inputBuffer[at];
    if (b == 'u') {
      return hex(at + 1, to) < 0 ? -1 : 5;
    }
    return meaning(b) == 0 ? -1 : 1;
  }

  private @Nullable String text(int from, int to) {
    if (plain) {
      return new String(_inputBuffer, from, to - from, StandardCharsets.ISO_8859_1);
    }
    byte[] utf8 = room(to - from);
    int length = unescape(from, to, utf8);
    if (length < 0) {
      return null;
    }
    String text = new String(utf8, 0, length, StandardCharsets.UTF_8);
    // What is not UTF-8 becomes this character: Jackson knows whether it was sent.
    return text.indexOf('\uFFFD') < 0 ? text : null;
  }

  private byte[] room(int length) {
    if (length > MOST_KEPT) {
      return new byte[length];
    }
    if (length > scratch.length) {
      scratch = new byte[Math.max(length, 2 * scratch.length)];
    }
    return scratch;
  }

  /** The number of bytes; -1 = there is something that is not legal, or rare. */
  private int unescape(int from, int to, byte[] into) {
    byte[] bytes = _inputBuffer;
    int length = 0;
    for (int i = from; i < to; i++) {
      // Not longer than what was read, so eight bytes fit wherever eight can be read.
      while (i + 8 <= to) {
        long word = (long) EightBytes.LONGS.get(bytes, i);
        if (EightBytes.escapes(word) != 0) {
          break;
        }
        EightBytes.LONGS.set(into, length, word);
        i += 8;
        length += 8;
      }
      if (i == to) {
        break;
      }
      byte b = bytes[i];
      if (b != '\\') {
        into[length++] = b;
        continue;
      }
      b = bytes[++i];
      if (b == 'u') {
        int code = hex(i + 1, to);
        if (code < 0 || Character.isSurrogate((char) code)) {
          return -1;
        }
        length = put(code, into, length);
        i += 4;
        continue;
      }
      b = meaning(b);
      if (b == 0) {
        return -1;
      }
      into[length++] = b;
    }
    return length;
  }

  /** What a character behind a backslash stands for; 0 = nothing. */
  private static byte meaning(byte escaped) {
    return switch (escaped) {
      case '"', '\\', '/' -> escaped;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> 0;
    };
  }

  private int hex(int from, int to) {
    if (from + 4 > to) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = digit(_inputBuffer[i]);
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

  /** A character outside of the surrogates as UTF-8: never longer than its escape. */
  private static int put(int code, byte[] into, int at) {
    int next = at;
    if (code < 0x80) {
      into[next++] = (byte) code;
    } else {
      if (code < 0x800) {
        into[next++] = (byte) (0xC0 | (code >> 6));
      } else {
        into[next++] = (byte) (0xE0 | (code >> 12));
        into[next++] = (byte) (0x80 | ((code >> 6) & 0x3F));
      }
      into[next++] = (byte) (0x80 | (code & 0x3F));
    }
    return next;
  }
}
