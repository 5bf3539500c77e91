package lip.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A piece of JSON text, kept as it was received: same spelling, same white space, same key order.
 *
 * <p>The text is not parsed here; whoever makes a value vouches that it is one complete JSON value.
 * Equality is equality of the text. Immutable, safe from any thread.
 */
public final class Json {
  /** The JSON value {@code null}. */
  public static final Json NULL = of("null");

  private final byte[] bytes;
  private final int offset;
  private final int length;

  private Json(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** A value from its text. */
  public static Json of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new Json(utf8, 0, utf8.length);
  }

  /**
   * A view of UTF-8 bytes, without a copy: parts of a request body stay slices of that body. The
   * caller must not change the array afterwards.
   */
  public static Json slice(byte[] utf8, int offset, int length) {
    if (offset < 0 || length < 0 || offset > utf8.length - length) {
      throw new IndexOutOfBoundsException(
          "slice " + offset + "+" + length + " of " + utf8.length + " bytes");
    }
    return new Json(utf8, offset, length);
  }

  /** The text. */
  public String text() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  /** A copy of the UTF-8 bytes. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /**
   * A value inside this one, without a copy.
   *
   * @param from its first byte
   * @param to the byte behind it
   */
  public Json part(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return new Json(bytes, offset + from, to - from);
  }

  /** Copies the UTF-8 bytes of a range. */
  public void copy(int from, int to, byte[] target, int at) {
    Objects.checkFromToIndex(from, to, length);
    System.arraycopy(bytes, offset + from, target, at, to - from);
  }

  /** A UTF-8 byte of it. */
  public byte at(int index) {
    return bytes[offset + Objects.checkIndex(index, length)];
  }

  /** Length in UTF-8 bytes. */
  public int length() {
    return length;
  }

  /** Writes the UTF-8 bytes. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json that
        && Arrays.equals(
            bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** The size only: the text may hold what must not reach a log. */
  @Override
  public String toString() {
    return "Json[" + length + " bytes]";
  }
}
