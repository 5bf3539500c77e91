package lip.support.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the records of an event stream. Bytes go in by {@link #push} or {@link #fill}, cut
 * anywhere; {@link #next} moves to the next record, which is then read in place:
 *
 * <pre>{@code
 * while (!reader.next()) {
 *   if (reader.ended()) {
 *     return null;
 *   }
 *   reader.fill(reply::read);
 * }
 * decode(reader.array(), reader.offset(), reader.length());
 * }</pre>
 *
 * <p>Lines end with LF, CRLF or CR, mixed. A byte order mark at the start, comments and unknown
 * fields are skipped. Several data lines are joined by LF. A record that has neither data nor a
 * name is none. What is left when the stream ends is given as a last record that is not {@link
 * #complete}. Nothing is decoded here, so no character is ever split.
 *
 * <p>Memory is bounded by the limit of a record plus what is pushed at once.
 */
public final class SseReader {
  /** 16 MiB: room for a picture in base64. */
  public static final int DEFAULT_LIMIT = 16 * 1024 * 1024;

  /** Thousands of streams say little, so each begins small. */
  private static final int FIRST = 1024;

  private static final int SMALL = 8 * 1024;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

  private final int limit;
  private byte[] buffer = new byte[FIRST];
  // The last read took all the room there was: more is there at a time.
  private boolean brimming;
  // Bytes of the record being collected begin at `start`; those before `scan` have been looked at.
  private int start;
  private int lineStart;
  private int scan;
  private int end;
  private boolean firstLine = true;
  private boolean afterCr;
  private boolean ended;
  private boolean tooLarge;

  private int dataStart = -1;
  private int dataEnd;
  private byte[] name = new byte[32];
  private int nameLength = -1;
  private boolean delivered;
  private boolean complete;

  /** With the default limit. */
  public SseReader() {
    this(DEFAULT_LIMIT);
  }

  /**
   * With a limit.
   *
   * @param limit most bytes of one record, field names and line ends included
   */
  public SseReader(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    this.limit = limit;
  }

  /**
   * Adds bytes; they are copied. Legal only after {@link #next} has returned false (or before its
   * first call), and ends the life of the current record.
   */
  public void push(byte[] bytes, int offset, int length) {
    makeRoom(length, sizeFor(length));
    System.arraycopy(bytes, offset, buffer, end, length);
    end += length;
  }

  /**
   * Reads once from a source, straight into the buffer; at its end calls {@link #end}. Legal when
   * {@link #push} is.
   *
   * @return what the source returned
   */
  public <E extends Exception> int fill(ByteSource<E> source) throws E {
    int length = brimming ? SMALL : FIRST / 4;
    int size = sizeFor(length);
    if (size != buffer.length) {
      source.hold(size);
    }
    makeRoom(length, size);
    int count = source.read(buffer, end, buffer.length - end);
    if (count < 0) {
      end();
    } else {
      end += count;
      brimming = end == buffer.length;
    }
    return count;
  }

  /** Nothing more will come: {@link #next} then gives what is left. */
  public void end() {
    ended = true;
  }

  /** Whether {@link #end} was called. */
  public boolean ended() {
    return ended;
  }

  /**
   * Moves to the next record.
   *
   * @return false when more bytes are needed, or when everything was read after the end
   * @throws RecordTooLarge when the limit is passed, now and from now on
   */
  public boolean next() throws RecordTooLarge {
    if (tooLarge) {
      throw new RecordTooLarge(limit);
    }
    if (delivered) {
      forget();
    }
    byte[] bytes = buffer;
    int at = scan;
    for (int stop = end; at < stop; at++) {
      byte b = bytes[at];
      if (b == '\n') {
        if (afterCr) {
          // The second half of a CRLF; the line ended with the first.
          afterCr = false;
          lineStart = at + 1;
          if (!pending()) {
            start = lineStart;
          }
          continue;
        }
      } else if (b != '\r') {
        afterCr = false;
        continue;
      }
      afterCr = b == '\r';
      scan = at + 1;
      checkSize(at);
      if (line(lineStart, at)) {
        return deliver(true);
      }
      lineStart = at + 1;
      if (!pending()) {
        start = lineStart;
      }
    }
    scan = at;
    checkSize(at);
    return ended && flush();
  }

  /**
   * The array that holds the data of the current record. Valid until the next call of another
   * method than a getter.
   */
  public byte[] array() {
    return buffer;
  }

  /** Where the data begins. */
  public int offset() {
    return Math.max(dataStart, 0);
  }

  /** Length of the data; 0 also when the record has no data line. */
  public int length() {
    return dataStart < 0 ? 0 : dataEnd - dataStart;
  }

  /**
   * Whether a blank line ended the current record; false = the stream ended inside it, so it may be
   * cut off.
   */
  public boolean complete() {
    return complete;
  }

  /** Whether the current record is named so, without making a String. */
  public boolean named(String ascii) {
    if (nameLength != ascii.length()) {
      return false;
    }
    for (int i = 0; i < nameLength; i++) {
      if (name[i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Name of the current record; empty = none. */
  public String name() {
    return nameLength <= 0 ? "" : new String(name, 0, nameLength, StandardCharsets.UTF_8);
  }

  /**
   * Whether the data, without white space around it, is this ASCII text: for marks such as {@code
   * [DONE]}.
   */
  public boolean dataIs(String ascii) {
    int from = offset();
    int to = from + length();
    while (from < to && blank(buffer[from])) {
      from++;
    }
    while (from < to && blank(buffer[to - 1])) {
      to--;
    }
    if (to - from != ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (buffer[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t' || b == '\n';
  }

  /** Takes a line without its end; returns whether it is the blank one that ends a record. */
  private boolean line(int from, int to) {
    if (firstLine) {
      firstLine = false;
      if (to - from >= 3
          && buffer[from] == (byte) 0xEF
          && buffer[from + 1] == (byte) 0xBB
          && buffer[from + 2] == (byte) 0xBF) {
        from += 3;
      }
    }
    if (from == to) {
      return pending();
    }
    if (isField(DATA, from, to)) {
      data(valueStart(from + DATA.length, to), to);
    } else if (isField(EVENT, from, to)) {
      name(valueStart(from + EVENT.length, to), to);
    }
    return false;
  }

  private boolean isField(byte[] field, int from, int to) {
    int after = from + field.length;
    return after <= to
        && (after == to || buffer[after] == ':')
        && Arrays.equals(buffer, from, after, field, 0, field.length);
  }

  private int valueStart(int colon, int to) {
    int from = Math.min(colon + 1, to);
    return from < to && buffer[from] == ' ' ? from + 1 : from;
  }

  private void data(int from, int to) {
    if (dataStart < 0) {
      dataStart = from;
      dataEnd = to;
      return;
    }
    // The joined text is never longer than the lines it came from, so it fits in front of them.
    buffer[dataEnd++] = '\n';
    System.arraycopy(buffer, from, buffer, dataEnd, to - from);
    dataEnd += to - from;
  }

  /** Keeps the name apart: joined data lines may overwrite its place. */
  private void name(int from, int to) {
    nameLength = to - from;
    if (nameLength > name.length) {
      name = new byte[nameLength];
    }
    System.arraycopy(buffer, from, name, 0, nameLength);
  }

  private boolean flush() {
    if (lineStart < end) {
      line(lineStart, end);
      lineStart = end;
    }
    return pending() && deliver(false);
  }

  private boolean deliver(boolean whole) {
    delivered = true;
    complete = whole;
    return true;
  }

  private boolean pending() {
    return dataStart >= 0 || nameLength >= 0;
  }

  private void forget() {
    delivered = false;
    dataStart = -1;
    nameLength = -1;
    if (name.length > SMALL) {
      name = new byte[32];
    }
    lineStart = scan;
    start = scan;
  }

  private void checkSize(int at) throws RecordTooLarge {
    if (at - start > limit) {
      tooLarge = true;
      buffer = new byte[0];
      scan = 0;
      end = 0;
      forget();
      throw new RecordTooLarge(limit);
    }
  }

  /** How large the buffer must be for so many bytes more. */
  private int sizeFor(int length) {
    if (scan < end || ended || tooLarge) {
      throw new IllegalStateException(
          ended || tooLarge ? "nothing more can be read" : "next() has not returned false yet");
    }
    if (delivered) {
      forget();
    }
    int kept = end - start;
    if (kept == 0 && buffer.length > 8 * SMALL) {
      // One large record must not hold memory for the rest of the stream.
      return Math.max(SMALL, length);
    }
    if (Math.addExact(kept, length) <= buffer.length) {
      return buffer.length;
    }
    long most = Math.min((long) limit + SMALL, MAX_ARRAY);
    return (int) Math.max(kept + length, Math.min(2L * buffer.length, most));
  }

  /** Moves what is still needed to the front, into an array of this size. */
  private void makeRoom(int length, int size) {
    int kept = end - start;
    if (kept > 0 && buffer.length - end >= length) {
      return;
    }
    byte[] target = size == buffer.length ? buffer : new byte[size];
    System.arraycopy(buffer, start, target, 0, kept);
    buffer = target;
    if (dataStart >= 0) {
      dataStart -= start;
      dataEnd -= start;
    }
    lineStart -= start;
    scan -= start;
    end = kept;
    start = 0;
  }
}
