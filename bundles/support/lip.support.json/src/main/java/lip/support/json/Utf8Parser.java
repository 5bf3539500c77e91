package lip.support.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.util.Arrays;

/**
 * Jackson's parser with a quicker way to the texts of strings, which are most of what agents send.
 * Whatever is rare is left to Jackson, so what is accepted and what is refused stays the same.
 */
final class Utf8Parser extends UTF8StreamJsonParser {
  private final StringTexts texts = new StringTexts();

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
      String text = texts.read(_inputBuffer, _inputPtr, _inputEnd);
      if (text != null) {
        _streamReadConstraints.validateStringLength(text.length());
        _textBuffer.resetWithString(text);
        _tokenIncomplete = false;
        _inputPtr = texts.end();
        return text;
      }
    }
    return super.getText();
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    boolean object = _currToken == JsonToken.START_OBJECT;
    if (object || _currToken == JsonToken.START_ARRAY) {
      int deeper = Parsers.MAX_DEPTH - _parsingContext.getNestingDepth();
      int end = ValueEnd.ofNested(_inputBuffer, _inputPtr, _inputEnd, object, deeper);
      if (end != ValueEnd.UNKNOWN) {
        endNested(end);
        return this;
      }
    }
    return super.skipChildren();
  }

  /** Passes over the object or array that has begun, if it is this one. */
  boolean passNested(byte[] known) {
    int from = _inputPtr - 1;
    int end = from + known.length;
    if (end > _inputEnd || !Arrays.equals(_inputBuffer, from, end, known, 0, known.length)) {
      return false;
    }
    endNested(end);
    return true;
  }

  private void endNested(int end) {
    _inputPtr = end;
    _tokenInputTotal = _currInputProcessed + end;
    boolean object = _currToken == JsonToken.START_OBJECT;
    _parsingContext = _parsingContext.clearAndGetParent();
    _currToken = object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
  }

  /** Passes over the current value; the text of a string cannot be asked for afterwards. */
  void pass() throws IOException {
    skipChildren();
    if (_currToken != JsonToken.VALUE_STRING || !passString()) {
      finishToken();
    }
  }

  /**
   * Passes over the current value, a string in valid UTF-8.
   *
   * @return false = nothing was passed over: it is rare, or illegal
   */
  boolean passString() {
    if (!_tokenIncomplete) {
      return false;
    }
    int end = ValueEnd.ofString(_inputBuffer, _inputPtr, _inputEnd);
    if (end == ValueEnd.UNKNOWN || end - _inputPtr > Parsers.MAX_STRING) {
      return false;
    }
    _tokenIncomplete = false;
    _inputPtr = end;
    return true;
  }
}
