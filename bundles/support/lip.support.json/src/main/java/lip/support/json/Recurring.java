package lip.support.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What was read from values that clients send again and again, found by their bytes: an agent sends
 * its tools with each request, often more than the dialogue, and the same bytes need not be read
 * twice. Kept is what came twice, in bytes of its own, so that it holds no request.
 *
 * <p>Bounded: {@value #MOST} values and {@value #MOST_BYTES} bytes; the oldest goes first. Safe
 * from any thread; what is kept is shared by all requests and must not change.
 *
 * @param <T> what is read
 */
public final class Recurring<T> {
  private static final int MOST = 16;
  private static final int MOST_BYTES = 1024 * 1024;

  /** Shorter ones are read as quickly as they are found. */
  private static final int SHORT = 256;

  /** Values that came once and are remembered by length and checksum. */
  private static final int ONCE = 64;

  private final long[] once = new long[ONCE];
  private int next;
  private volatile List<Known<T>> known = List.of();

  private record Known<T>(byte[] bytes, T value) {}

  /** How a value is read: from its bytes alone, since they are all that tells it from others. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads the value that comes next. */
    T read(JsonReader reader) throws MalformedJson;
  }

  /** The value that comes next, an object or array: read now, or known from earlier requests. */
  public T read(JsonReader reader, Reading<T> reading) throws MalformedJson {
    for (Known<T> candidate : known) {
      if (reader.skipNested(candidate.bytes())) {
        return candidate.value();
      }
    }
    JsonReader.Place place = reader.here();
    T value = reading.read(reader);
    int length = place.text().length();
    if (length >= SHORT && length <= MOST_BYTES / 2) {
      byte[] bytes = place.text().toBytes();
      if (cameBefore(bytes)) {
        keep(bytes, reading);
      }
    }
    return value;
  }

  /** By a checksum: a wrong one keeps a value too early, no more. */
  private boolean cameBefore(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length);
    long sign = (long) bytes.length << Integer.SIZE | sum.getValue();
    synchronized (once) {
      for (long earlier : once) {
        if (earlier == sign) {
          return true;
        }
      }
      once[next] = sign;
      next = (next + 1) % ONCE;
      return false;
    }
  }

  private void keep(byte[] bytes, Reading<T> reading) throws MalformedJson {
    Known<T> added = new Known<>(bytes, reading.read(JsonReader.of(bytes).atMost(JsonReader.MANY)));
    synchronized (once) {
      List<Known<T>> kept = new ArrayList<>(MOST);
      kept.add(added);
      long size = bytes.length;
      for (Known<T> older : known) {
        if (Arrays.equals(older.bytes(), bytes)) {
          return; // Another request was faster.
        }
        size += older.bytes().length;
        if (kept.size() < MOST && size <= MOST_BYTES) {
          kept.add(older);
        }
      }
      known = List.copyOf(kept);
    }
  }
}
