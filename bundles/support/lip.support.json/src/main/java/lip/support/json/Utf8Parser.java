package lip.support.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's parser with a quicker way over strings, which are most of what agents send: eight bytes
 * at a time, and made into a {@code String} without a detour over characters. Whatever is not plain
 * is left to Jackson, so what is accepted and what is refused stays the same.
 */
final class Utf8Parser extends UTF8StreamJsonParser {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

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
      int end = end(_inputPtr);
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
    int end = end(_inputPtr);
    if (end < 0 || !plain(_inputPtr, end)) {
      super._skipString();
    } else {
      _tokenIncomplete = false;
      _inputPtr = end + 1;
    }
  }

  /** The closing quote of the string that begins here; -1 = not found. */
  private int end(int from) {
    byte[] bytes = _inputBuffer;
    int to = _inputEnd;
    int i = from;
    while (i < to) {
      while (i + 8 <= to && !quoteOrEscape((long) LONGS.get(bytes, i))) {
        i += 8;
      }
      for (int word = Math.min(i + 8, to); i < word; i++) {
        if (bytes[i] == '"') {
          return i;
        }
        if (bytes[i] == '\\') {
          i++;
        }
      }
    }
    return -1;
  }

  private static boolean quoteOrEscape(long word) {
    return (zeroByte(word ^ ('"' * ONES)) | zeroByte(word ^ ('\\' * ONES))) != 0;
  }

  private static long zeroByte(long word) {
    return (word - ONES) & ~word & HIGH;
  }

  /**
   * Whether there are only characters of ASCII from here to there that a string may hold as such.
   */
  private boolean plain(int from, int to) {
    byte[] bytes = _inputBuffer;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) LONGS.get(bytes, i);
      long notText = ((word - 0x20 * ONES) | word) & HIGH;
      if ((notText | zeroByte(word ^ ('\\' * ONES))) != 0) {
        return false;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] < 0x20 || bytes[i] == '\\') {
        return false;
      }
    }
    return true;
  }

  private @Nullable String text(int from, int to) {
    if (plain(from, to)) {
      return new String(_inputBuffer, from, to - from, StandardCharsets.ISO_8859_1);
    }
    byte[] unescaped = new byte[to - from];
    int length = unescape(from, to, unescaped);
    if (length < 0) {
      return null;
    }
    String text = new String(unescaped, 0, length, StandardCharsets.UTF_8);
    // What is not UTF-8 becomes this character: Jackson knows whether it was sent.
    return text.indexOf('\uFFFD') < 0 ? text : null;
  }

  /** The number of bytes; -1 = there is something that is rare, or not legal. */
  private int unescape(int from, int to, byte[] into) {
    byte[] bytes = _inputBuffer;
    int length = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < 0x20) {
        return -1;
      }
      if (b == '\\') {
        b =
            switch (bytes[++i]) {
              case '"' -> '"';
              case '\\' -> '\\';
              case '/' -> '/';
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> 0;
            };
        if (b == 0) {
          return -1;
        }
      }
      into[length++] = b;
    }
    return length;
  }
}
