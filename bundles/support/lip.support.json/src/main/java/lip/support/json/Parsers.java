package lip.support.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;

/** The one factory, with the bounds of this project, and what is said when a text is not JSON. */
final class Parsers {
  /** Deeper nesting is refused. */
  static final int MAX_DEPTH = 64;

  /** Inline media travel in strings. */
  static final int MAX_STRING = 64 * 1024 * 1024;

  static final JsonFactory FACTORY =
      new Utf8Parser.Factory(
          new JsonFactoryBuilder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxStringLength(MAX_STRING)
                      .build())
              // The JVM's intern table is no place for names that clients choose.
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              // Of a virtual thread's own pool nobody would be the second user.
              .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
              // Byte offsets exist for UTF-8 only, and JSON between systems is UTF-8
              // (RFC 8259, 8.1).
              .disable(JsonFactory.Feature.CHARSET_DETECTION));

  private static final int MAX_NAME = 64;

  private Parsers() {}

  static Utf8Parser of(byte[] json, int offset, int length) throws IOException {
    return (Utf8Parser) FACTORY.createParser(json, offset, length);
  }

  /** Jackson's message quotes content, so it is not repeated here. */
  static MalformedJson malformed(JsonParser parser, IOException cause) {
    long offset = Math.max(parser.currentLocation().getByteOffset(), 0);
    JsonStreamContext context = parser.getParsingContext();
    String problem;
    if (cause instanceof MalformedJson known) {
      return known;
    } else if (context.getNestingDepth() > MAX_DEPTH) {
      problem = "is nested deeper than " + MAX_DEPTH + " levels";
    } else if (cause instanceof com.fasterxml.jackson.core.exc.StreamConstraintsException) {
      problem = "a number, name or string is too long";
    } else if (cause instanceof com.fasterxml.jackson.core.io.JsonEOFException) {
      problem = "the JSON text ends too early";
    } else {
      problem = "is not valid JSON";
    }
    return new MalformedJson(path(context), problem, offset);
  }

  /** Such as {@code messages[2].content}. */
  static String path(JsonStreamContext context) {
    StringBuilder path = new StringBuilder();
    append(context, path);
    return path.toString();
  }

  private static void append(JsonStreamContext context, StringBuilder path) {
    JsonStreamContext parent = context.getParent();
    if (parent != null) {
      append(parent, path);
    }
    if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.inObject() && context.getCurrentName() != null) {
      path.append(path.isEmpty() ? "" : ".").append(clean(context.getCurrentName()));
    }
  }

  /** Names come from outside, too. */
  private static String clean(String name) {
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .limit(MAX_NAME)
        .map(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '$' ? c : '?')
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
