package lip.support.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import lip.api.Json;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON values, one after the other, without spaces, to a stream that does not fail (a buffer), and embeds raw values
 * byte for byte. One writer serves all records of a stream: call {@link #flush} after each. One thread.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // A caller's buffer is no file: flush() moves bytes, nothing more.
          .disable(com.fasterxml.jackson.core.StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build()
          .setRootValueSeparator(null);

  private final OutputStream out;
  private final JsonGenerator generator;

  /** Writes to a buffer. */
  public JsonWriter(OutputStream out) {
    this.out = out;
    try {
      generator = FACTORY.createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text as JSON string, quotes included. */
  public static String quote(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Begins an object. */
  public JsonWriter beginObject() {
    try {
      generator.writeStartObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Ends it. */
  public JsonWriter endObject() {
    try {
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Begins an array. */
  public JsonWriter beginArray() {
    try {
      generator.writeStartArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Ends it. */
  public JsonWriter endArray() {
    try {
      generator.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Names the member whose value comes next. */
  public JsonWriter name(String name) {
    try {
      generator.writeFieldName(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A string, or {@code null}. */
  public JsonWriter value(@Nullable String text) {
    try {
      generator.writeString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A number. */
  public JsonWriter value(long number) {
    try {
      generator.writeNumber(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A number. */
  public JsonWriter value(double number) {
    try {
      generator.writeNumber(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** {@code true} or {@code false}. */
  public JsonWriter value(boolean bool) {
    try {
      generator.writeBoolean(bool);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** {@code null}. */
  public JsonWriter nothing() {
    try {
      generator.writeNull();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A raw value, byte for byte. */
  public JsonWriter raw(Json json) {
    try {
      // An empty raw value writes the separator that is due and counts as the value.
      generator.writeRawValue("");
      generator.flush();
      json.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Moves all that was written to the buffer. */
  public void flush() {
    try {
      generator.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
