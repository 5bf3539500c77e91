package lip.support.sse;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends records to one growing buffer, which the caller hands on in one write and clears:
 *
 * <pre>{@code
 * writer.event("message_start").data(json, 0, json.length).end();
 * records.write(writer.array(), 0, writer.length());
 * writer.clear();
 * }</pre>
 *
 * <p>Lines end with LF. A line break inside data begins another data line, so pretty-printed JSON stays whole. An encoder can
 * write straight into the current record by {@link #data()}.
 */
public final class SseWriter {
  private static final int KEEP = 64 * 1024;
  private static final int INITIAL = 1024;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] COMMENT = ascii(": ");

  private final OutputStream data = new Data();
  private byte[] buffer = new byte[INITIAL];
  private int length;
  private boolean inData;
  private boolean afterCr;

  /** Names the record that begins. The name is ASCII without line breaks. */
  public SseWriter event(String name) {
    line(EVENT, name);
    return this;
  }

  /** Adds data to the record; several calls continue the same data. */
  public SseWriter data(byte[] utf8, int offset, int count) {
    openData();
    int from = offset;
    for (int at = offset; at < offset + count; at++) {
      byte b = utf8[at];
      if (b == '\n' || b == '\r') {
        append(utf8, from, at - from);
        if (b == '\r' || !afterCr) {
          breakLine();
        }
        from = at + 1;
      }
      afterCr = b == '\r';
    }
    append(utf8, from, offset + count - from);
    return this;
  }

  /** Adds ASCII data to the record, such as {@code [DONE]}. */
  public SseWriter data(String ascii) {
    byte[] bytes = ascii(ascii);
    return data(bytes, 0, bytes.length);
  }

  /** Where an encoder writes the data of the record. One object for all records; closing it does nothing. */
  public OutputStream data() {
    return data;
  }

  /** Ends the record. */
  public SseWriter end() {
    closeData();
    append('\n');
    return this;
  }

  /** A comment on its own, which readers skip: keeps a silent stream alive. ASCII without line breaks. */
  public SseWriter comment(String text) {
    line(COMMENT, text);
    append('\n');
    return this;
  }

  /** The array that holds what was written, from index 0. Valid until the next write. */
  public byte[] array() {
    return buffer;
  }

  /** How many bytes were written. */
  public int length() {
    return length;
  }

  /** Forgets everything, also a record that was begun. */
  public void clear() {
    length = 0;
    inData = false;
    afterCr = false;
    if (buffer.length > KEEP) {
      buffer = new byte[INITIAL];
    }
  }

  private void line(byte[] prefix, String text) {
    closeData();
    append(prefix, 0, prefix.length);
    int count = text.length();
    reserve(count + 1);
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c > 0x7e) {
        throw new IllegalArgumentException("character " + (int) c + " in an event name or comment");
      }
      buffer[length++] = (byte) c;
    }
    buffer[length++] = '\n';
  }

  private void openData() {
    if (!inData) {
      inData = true;
      afterCr = false;
      append(DATA, 0, DATA.length);
    }
  }

  private void closeData() {
    if (inData) {
      inData = false;
      append('\n');
    }
  }

  private void breakLine() {
    append('\n');
    append(DATA, 0, DATA.length);
  }

  private void append(char ascii) {
    reserve(1);
    buffer[length++] = (byte) ascii;
  }

  private void append(byte[] bytes, int offset, int count) {
    reserve(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * buffer.length, MAX_ARRAY)));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private final class Data extends OutputStream {
    private final byte[] one = new byte[1];

    @Override
    public void write(int b) {
      one[0] = (byte) b;
      SseWriter.this.data(one, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      SseWriter.this.data(bytes, offset, count);
    }
  }
}
