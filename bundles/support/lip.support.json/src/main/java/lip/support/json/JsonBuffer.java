package lip.support.json;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer; text goes in as JSON string content, escaped on the way, without other
 * allocation. Serves one stream after the other record: {@link #clear} keeps the array. One thread.
 */
public final class JsonBuffer extends OutputStream {
  private static final int INITIAL = 1024;

  /** Escaped piece by piece, so that a long text is not given the room of its worst case. */
  private static final int SLICE = 512;

  private static final int KEEP = 64 * 1024;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] buffer;
  private int length;

  /** With room for a few records. */
  public JsonBuffer() {
    this(INITIAL);
  }

  /** With room for so many bytes. */
  public JsonBuffer(int size) {
    buffer = new byte[size];
  }

  /** The array, valid up to {@link #length} until the next change. */
  public byte[] array() {
    return buffer;
  }

  /** Bytes in it. */
  public int length() {
    return length;
  }

  /** Whether nothing is in it. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** Takes everything out. */
  public void clear() {
    length = 0;
    if (buffer.length > KEEP) {
      buffer = new byte[INITIAL];
    }
  }

  /** A copy of what is in it. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  @Override
  public void write(int b) {
    reserve(1);
    buffer[length++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    reserve(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  /** Appends bytes. */
  public void append(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /** Appends a text of ASCII characters as it is. */
  public void append(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      buffer[length++] = (byte) ascii.charAt(i);
    }
  }

  /** Appends again what stands between two places. */
  public void repeat(int from, int to) {
    reserve(to - from);
    System.arraycopy(buffer, from, buffer, length, to - from);
    length += to - from;
  }

  /**
   * Appends a text as the inside of a JSON string. A lone surrogate is written as an escape, so
   * that nothing is lost.
   */
  public void escaped(String text) {
    int count = text.length();
    for (int from = 0; from < count; ) {
      int to = Math.min(count, from + SLICE);
      if (to < count && Character.isHighSurrogate(text.charAt(to - 1))) {
        to++;
      }
      escaped(text, from, to);
      from = to;
    }
  }

  private void escaped(String text, int from, int to) {
    // Six bytes is the longest form of one char.
    reserve((to - from) * 6);
    byte[] out = buffer;
    int at = length;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80) {
        if (c == '"' || c == '\\') {
          out[at++] = '\\';
        }
        out[at++] = (byte) c;
      } else if (c < 0x20) {
        at = control(out, at, c);
      } else if (c < 0x800) {
        out[at++] = (byte) (0xc0 | (c >> 6));
        out[at++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        out[at++] = (byte) (0xe0 | (c >> 12));
        out[at++] = (byte) (0x80 | (c >> 6 & 0x3f));
        out[at++] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        out[at++] = (byte) (0xf0 | (point >> 18));
        out[at++] = (byte) (0x80 | (point >> 12 & 0x3f));
        out[at++] = (byte) (0x80 | (point >> 6 & 0x3f));
        out[at++] = (byte) (0x80 | (point & 0x3f));
      } else {
        at = unicode(out, at, c);
      }
    }
    length = at;
  }

  private static int control(byte[] out, int at, char c) {
    char word =
        switch (c) {
          case '\n' -> 'n';
          case '\t' -> 't';
          case '\r' -> 'r';
          case '\b' -> 'b';
          case '\f' -> 'f';
          default -> 0;
        };
    if (word == 0) {
      return unicode(out, at, c);
    }
    out[at] = '\\';
    out[at + 1] = (byte) word;
    return at + 2;
  }

  private static int unicode(byte[] out, int at, char c) {
    out[at] = '\\';
    out[at + 1] = 'u';
    out[at + 2] = HEX[(c >> 12) & 0xf];
    out[at + 3] = HEX[(c >> 8) & 0xf];
    out[at + 4] = HEX[(c >> 4) & 0xf];
    out[at + 5] = HEX[c & 0xf];
    return at + 6;
  }

  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(
              buffer, (int) Math.max(needed, Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)));
    }
  }
}
