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

  /** Shorter ones are quick enough one by one, and pieces of a stream leave no garbage. */
  private static final int SHORT = 64;

  private static final int KEEP = 64 * 1024;
  private static final int BURST = 16 * 1024;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** What is written for each character of Latin-1, six bytes at most, and above them how many. */
  private static final long[] FORMS = forms();

  private static final int LENGTH = 56;

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

  /** Appends a text as a JSON string, with its quotes. */
  public void quoted(String text) {
    write('"');
    escaped(text);
    write('"');
  }

  /**
   * Appends a text as the inside of a JSON string. A lone surrogate is written as an escape, so
   * that nothing is lost.
   */
  public void escaped(String text) {
    int count = text.length();
    int from = 0;
    if (count > SHORT) {
      // Mostly all of it.
      while (from < count && latin(text, from, Math.min(count, from + SLICE))) {
        from = Math.min(count, from + SLICE);
      }
    }
    while (from < count) {
      int to = Math.min(count, from + SLICE);
      if (to < count && Character.isHighSurrogate(text.charAt(to - 1))) {
        to++;
      }
      escaped(text, from, to);
      from = to;
    }
  }

  /**
   * Appends a piece of a text, eight characters at a time where all stand for themselves.
   *
   * @return false = it has characters beyond Latin-1, nothing was appended
   */
  private boolean latin(String text, int from, int to) {
    String piece = text.substring(from, to);
    byte[] in = piece.getBytes(StandardCharsets.ISO_8859_1);
    if (in.length < to - from) {
      return false;
    }
    reserve((to - from) * 6 + Long.BYTES);
    byte[] out = buffer;
    int at = length;
    int i = 0;
    for (; i + Long.BYTES <= in.length; i += Long.BYTES) {
      long word = (long) EightBytes.LONGS.get(in, i);
      long unsure = EightBytes.questionMarks(word);
      if (unsure != 0 && !sent(piece, in, i, i + Long.BYTES)) {
        return false;
      }
      if (EightBytes.special(word) == 0) {
        EightBytes.LONGS.set(out, at, word);
        at += Long.BYTES;
      } else {
        // Without a branch: code has an escape every few characters, and no predictor knows where.
        for (int k = 0; k < Long.BYTES; k++) {
          long form = FORMS[(int) word & 0xFF];
          EightBytes.LONGS.set(out, at, form);
          at += (int) (form >>> LENGTH);
          word >>>= Byte.SIZE;
        }
      }
    }
    if (!sent(piece, in, i, in.length)) {
      return false;
    }
    for (; i < in.length; i++) {
      long form = FORMS[in[i] & 0xFF];
      EightBytes.LONGS.set(out, at, form);
      at += (int) (form >>> LENGTH);
    }
    length = at;
    return true;
  }

  /** Whether question marks are such, and do not stand for what is beyond Latin-1. */
  private static boolean sent(String text, byte[] latin, int from, int to) {
    for (int i = from; i < to; i++) {
      if (latin[i] == '?' && text.charAt(i) != '?') {
        return false;
      }
    }
    return true;
  }

  private static long[] forms() {
    long[] forms = new long[256];
    byte[] form = new byte[Long.BYTES];
    for (int c = 0; c < forms.length; c++) {
      Arrays.fill(form, (byte) 0);
      int bytes = write((char) c, form, 0);
      forms[c] = (long) EightBytes.LONGS.get(form, 0) | (long) bytes << LENGTH;
    }
    return forms;
  }

  private void escaped(String text, int from, int to) {
    // Six bytes is the longest form of one char.
    reserve((to - from) * 6);
    byte[] out = buffer;
    int at = length;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
        out[at++] = (byte) c;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        out[at++] = (byte) (0xf0 | (point >> 18));
        out[at++] = (byte) (0x80 | (point >> 12 & 0x3f));
        out[at++] = (byte) (0x80 | (point >> 6 & 0x3f));
        out[at++] = (byte) (0x80 | (point & 0x3f));
      } else {
        at = write(c, out, at);
      }
    }
    length = at;
  }

  /** Writes a character of its own; the place behind it. */
  private static int write(char c, byte[] out, int at) {
    int to = at;
    if (c < 0x20) {
      to = control(out, to, c);
    } else if (c < 0x80) {
      if (c == '"' || c == '\\') {
        out[to++] = '\\';
      }
      out[to++] = (byte) c;
    } else if (c < 0x800) {
      out[to++] = (byte) (0xc0 | (c >> 6));
      out[to++] = (byte) (0x80 | (c & 0x3f));
    } else if (!Character.isSurrogate(c)) {
      out[to++] = (byte) (0xe0 | (c >> 12));
      out[to++] = (byte) (0x80 | (c >> 6 & 0x3f));
      out[to++] = (byte) (0x80 | (c & 0x3f));
    } else {
      to = unicode(out, to, c);
    }
    return to;
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

  /** Grows fourfold up to the size of a burst, then twofold: what is outgrown is garbage. */
  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed > buffer.length) {
      long grown = buffer.length <= BURST / 4 ? 4L * buffer.length : 2L * buffer.length;
      buffer =
          Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(grown, Integer.MAX_VALUE - 8)));
    }
  }
}
