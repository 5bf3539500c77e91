package lip.support.json;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import lip.api.Json;
import lip.api.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON values, one after the other, without spaces, to a stream that does not fail (a
 * buffer), and embeds raw values byte for byte. One writer serves all records of a stream: call
 * {@link #flush} after each; into a {@link JsonBuffer} it writes at once. It trusts its caller with
 * names in objects and none elsewhere. One thread.
 */
public final class JsonWriter {
  private static final int MOST_DEPTH = Parsers.MAX_DEPTH;

  private final @Nullable OutputStream out;
  private final JsonBuffer buffer;

  /** Bit n: level n + 1 has an element, so that the next one is preceded by a comma. */
  private long begun;

  private int depth;
  private boolean named;

  /** Writes to a buffer. */
  public JsonWriter(OutputStream out) {
    if (out instanceof JsonBuffer direct) {
      this.out = null;
      this.buffer = direct;
    } else {
      this.out = out;
      this.buffer = new JsonBuffer(256);
    }
  }

  /** A text as JSON string, quotes included. */
  public static String quote(String text) {
    JsonBuffer quoted = new JsonBuffer(text.length() + 16);
    quoted.quoted(text);
    return new String(quoted.array(), 0, quoted.length(), StandardCharsets.UTF_8);
  }

  /** Begins an object. */
  public JsonWriter beginObject() {
    return begin('{');
  }

  /** Ends it. */
  public JsonWriter endObject() {
    return end('}');
  }

  /** Begins an array. */
  public JsonWriter beginArray() {
    return begin('[');
  }

  /** Ends it. */
  public JsonWriter endArray() {
    return end(']');
  }

  /** Names the member whose value comes next. */
  public JsonWriter name(String name) {
    separate();
    buffer.quoted(name);
    buffer.write(':');
    named = true;
    return this;
  }

  /** A string, or {@code null}. */
  public JsonWriter value(@Nullable String text) {
    if (text == null) {
      return nothing();
    }
    separate();
    buffer.quoted(text);
    return this;
  }

  /** A string, spelled as it was received where it was. */
  public JsonWriter value(JsonString text) {
    Json received = text.received();
    return received == null ? value(text.text()) : raw(received);
  }

  /** A number. */
  public JsonWriter value(long number) {
    return plain(Long.toString(number));
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException for one that JSON has no form for
   */
  public JsonWriter value(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("no JSON number: " + number);
    }
    return plain(Double.toString(number));
  }

  /** {@code true} or {@code false}. */
  public JsonWriter value(boolean bool) {
    return plain(bool ? "true" : "false");
  }

  /** {@code null}. */
  public JsonWriter nothing() {
    return plain("null");
  }

  /** A raw value, byte for byte. */
  public JsonWriter raw(Json json) {
    separate();
    try {
      json.writeTo(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Moves all that was written to the stream. */
  public void flush() {
    if (out == null) {
      return;
    }
    try {
      out.write(buffer.array(), 0, buffer.length());
      buffer.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonWriter begin(char bracket) {
    separate();
    if (depth == MOST_DEPTH) {
      throw new IllegalStateException("nested deeper than " + MOST_DEPTH + " levels");
    }
    begun &= ~(1L << depth);
    depth++;
    buffer.write(bracket);
    return this;
  }

  private JsonWriter end(char bracket) {
    if (depth == 0) {
      throw new IllegalStateException("nothing is open");
    }
    depth--;
    buffer.write(bracket);
    return this;
  }

  private JsonWriter plain(String ascii) {
    separate();
    buffer.append(ascii);
    return this;
  }

  /** The comma that is due before a name, or before a value that has none. */
  private void separate() {
    if (named) {
      named = false;
    } else if (depth > 0) {
      long bit = 1L << (depth - 1);
      if ((begun & bit) != 0) {
        buffer.write(',');
      }
      begun |= bit;
    }
  }
}
