package lip.support.json;

import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import lip.api.Json;
import lip.api.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text from bytes, value by value:
 *
 * <pre>{@code
 * reader.beginObject();
 * for (String name; (name = reader.nextMember()) != null; ) {
 *   switch (name) {
 *     case "model" -> model = reader.string();
 *     case "tools" -> {
 *       reader.beginArray();
 *       while (reader.nextElement()) {
 *         tools.add(tool(reader));
 *       }
 *     }
 *     default -> unknown.put(name, reader.raw());
 *   }
 * }
 * reader.finish();
 * }</pre>
 *
 * <p>A member or element that is not read is skipped. Of a name that stands twice both values are
 * met, so that the last one wins where they are assigned. Every method throws {@link MalformedJson}
 * with path and offset. One thread.
 *
 * <p>A few bytes of JSON can become large objects, so the elements and members that are met are
 * bounded: {@link #MOST} of one text unless {@link #atMost} says otherwise. What stands inside of a
 * value that is skipped or taken raw is not met.
 */
public final class JsonReader {
  /** Elements and members that are met at most. */
  public static final int MOST = 100_000;

  /** The same for requests, of which one of many turns has some 10,000, and for lists of models. */
  public static final int MANY = 1_000_000;

  private final byte[] bytes;
  private final int offset;
  private final Utf8Parser parser;
  // Whether the parser already stands on the value that is asked for next.
  private boolean peeked;
  private int most = MOST;
  private int left = MOST;

  private JsonReader(byte[] bytes, int offset, Utf8Parser parser) {
    this.bytes = bytes;
    this.offset = offset;
    this.parser = parser;
  }

  /** Reads all bytes of an array, which must not change as long as slices of it are used. */
  public static JsonReader of(byte[] utf8) {
    return of(utf8, 0, utf8.length);
  }

  /** Reads a range of an array; raw values stay slices of that array. */
  public static JsonReader of(byte[] utf8, int offset, int length) {
    try {
      return new JsonReader(utf8, offset, Parsers.of(utf8, offset, length));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Reads a raw value. */
  public static JsonReader of(Json json) {
    return of(json.toBytes());
  }

  /** Meets another number of elements and members at the most; before the first one. */
  public JsonReader atMost(int elementsAndMembers) {
    most = elementsAndMembers;
    left = elementsAndMembers;
    return this;
  }

  /** The sort of the value that comes next. */
  public JsonKind peek() throws MalformedJson {
    return switch (token()) {
      case START_OBJECT -> JsonKind.OBJECT;
      case START_ARRAY -> JsonKind.ARRAY;
      case VALUE_STRING -> JsonKind.STRING;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonKind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> JsonKind.BOOLEAN;
      case VALUE_NULL -> JsonKind.NULL;
      default ->
          throw new IllegalStateException(
              "no value comes next: nextMember() or nextElement() first");
    };
  }

  /** Enters an object; {@link #nextMember} leaves it. */
  public void beginObject() throws MalformedJson {
    need(JsonKind.OBJECT);
  }

  /** Enters an array; {@link #nextElement} leaves it. */
  public void beginArray() throws MalformedJson {
    need(JsonKind.ARRAY);
  }

  /**
   * Name of the next member of the object entered last; null = the object has ended and is left.
   */
  public @Nullable String nextMember() throws MalformedJson {
    skipUnread();
    if (advance() != JsonToken.FIELD_NAME) {
      return null;
    }
    count();
    return parser.getParsingContext().getCurrentName();
  }

  /** Whether another element comes; false = the array has ended and is left. */
  public boolean nextElement() throws MalformedJson {
    skipUnread();
    if (advance() == JsonToken.END_ARRAY) {
      return false;
    }
    count();
    peeked = true;
    return true;
  }

  private void count() throws MalformedJson {
    if (--left < 0) {
      throw failure("comes after " + most + " elements and members; more are not read");
    }
  }

  /** A string. */
  public String string() throws MalformedJson {
    need(JsonKind.STRING);
    try {
      return parser.getText();
    } catch (IOException e) {
      throw Parsers.malformed(parser, e);
    }
  }

  /** A string of which no characters are made until somebody asks for them. */
  public JsonString text() throws MalformedJson {
    need(JsonKind.STRING);
    int from = (int) tokenStart();
    try {
      return parser.passString()
          ? JsonString.received(since(from))
          : JsonString.of(parser.getText());
    } catch (IOException e) {
      throw Parsers.malformed(parser, e);
    }
  }

  /** The same, or null for {@code null}. */
  public @Nullable JsonString textOrNull() throws MalformedJson {
    return takeNull() ? null : text();
  }

  /** A string, or null for {@code null}. */
  public @Nullable String stringOrNull() throws MalformedJson {
    return takeNull() ? null : string();
  }

  /** {@code true} or {@code false}. */
  public boolean bool() throws MalformedJson {
    need(JsonKind.BOOLEAN);
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  /** A whole number that fits a long; {@code 3.0} is one, too. */
  public long integer() throws MalformedJson {
    need(JsonKind.NUMBER);
    try {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        return parser.getLongValue();
      }
      double value = parser.getDoubleValue();
      if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
        return (long) value;
      }
    } catch (com.fasterxml.jackson.core.exc.InputCoercionException _) {
      throw failure("is too large a number");
    } catch (IOException e) {
      throw Parsers.malformed(parser, e);
    }
    throw failure("a whole number is needed");
  }

  /** A number. */
  public double number() throws MalformedJson {
    need(JsonKind.NUMBER);
    try {
      return parser.getDoubleValue();
    } catch (IOException e) {
      throw Parsers.malformed(parser, e);
    }
  }

  /** Takes the next value if it is {@code null}. */
  public boolean takeNull() throws MalformedJson {
    if (token() != JsonToken.VALUE_NULL) {
      return false;
    }
    peeked = false;
    return true;
  }

  /** The next value whatever it is, as a slice of the bytes. */
  public Json raw() throws MalformedJson {
    token();
    int from = (int) tokenStart();
    skip();
    return since(from);
  }

  private Json since(int from) {
    int length = (int) position() - from;
    // Behind a number at the root Jackson has read one white space more.
    while (bytes[offset + from + length - 1] <= ' ' && bytes[offset + from + length - 1] >= 0) {
      length--;
    }
    return Json.slice(bytes, offset + from, length);
  }

  /** The value that comes next, for what is said about it after it was read. */
  public Place here() throws MalformedJson {
    boolean entered = token().isStructStart();
    JsonStreamContext context = parser.getParsingContext();
    return new Place(entered ? context.getParent() : context, (int) tokenStart());
  }

  /**
   * Where a value stands. Good until the value behind it is read; costs nothing as long as nobody
   * asks.
   */
  public final class Place {
    private final JsonStreamContext context;
    private final int from;

    private Place(JsonStreamContext context, int from) {
      this.context = context;
      this.from = from;
    }

    /** Path of the value, such as {@code messages[2].content[0]}. */
    public String path() {
      return Parsers.path(context);
    }

    /** The value as a slice of the bytes, when it was read to its end. */
    public Json text() {
      return since(from);
    }

    /** A failure about a member of the value, which is an object. */
    public MalformedJson failure(String member, String problem) {
      return new MalformedJson(path() + "." + member, problem, from);
    }
  }

  /** Passes over the next value. */
  public void skip() throws MalformedJson {
    token();
    peeked = false;
    try {
      parser.pass();
    } catch (IOException e) {
      throw Parsers.malformed(parser, e);
    }
  }

  /**
   * Passes over the next value if it is this one, byte for byte.
   *
   * @param known an object or array that was read before
   */
  boolean skipNested(byte[] known) throws MalformedJson {
    if (!token().isStructStart() || !parser.passNested(known)) {
      return false;
    }
    peeked = false;
    return true;
  }

  /** Checks that nothing but white space follows. */
  public void finish() throws MalformedJson {
    skipUnread();
    try {
      if (parser.nextToken() != null) {
        throw new MalformedJson(
            "", "something follows the JSON text", parser.currentTokenLocation().getByteOffset());
      }
    } catch (IOException e) {
      throw Parsers.malformed(parser, e);
    }
  }

  /** Path of the current value, such as {@code messages[2].content}. */
  public String path() {
    return Parsers.path(parser.getParsingContext());
  }

  /** A failure about the current value, for what this class cannot check. */
  public MalformedJson failure(String problem) {
    return new MalformedJson(path(), problem, tokenStart());
  }

  /** First byte of the current token. */
  long tokenStart() {
    return parser.currentTokenLocation().getByteOffset();
  }

  /** The byte after what was read. */
  long position() {
    return parser.currentLocation().getByteOffset();
  }

  /** The byte behind the value of the current member, which is passed over if nobody read it. */
  int memberEnd() throws MalformedJson {
    skipUnread();
    return (int) position();
  }

  private void need(JsonKind wanted) throws MalformedJson {
    JsonKind found = peek();
    if (found != wanted) {
      throw failure(wanted.words() + " is needed, not " + found.words());
    }
    peeked = false;
  }

  private JsonToken token() throws MalformedJson {
    if (!peeked) {
      advance();
      peeked = true;
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalStateException("read to the end");
    }
    return token;
  }

  private void skipUnread() throws MalformedJson {
    if (peeked) {
      skip();
    } else if (parser.currentToken() == JsonToken.FIELD_NAME) {
      token();
      skip();
    }
  }

  private JsonToken advance() throws MalformedJson {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new MalformedJson(
            "", "the JSON text ends too early", parser.currentLocation().getByteOffset());
      }
      return token;
    } catch (IOException e) {
      throw Parsers.malformed(parser, e);
    }
  }
}
