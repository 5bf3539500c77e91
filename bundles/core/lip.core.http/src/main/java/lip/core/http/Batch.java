package lip.core.http;

import java.util.Arrays;

/**
 * Records that leave together. Before them stands {@link Wire#ROOM} for what frames them. Guarded
 * by the lock of its writer.
 */
final class Batch {
  private static final int FIRST = 1024;
  private static final int KEEP = 4 * 1024;
  private static final byte[] NOTHING = new byte[Wire.ROOM];

  private byte[] bytes = NOTHING;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(byte[] record, int offset, int length) {
    int needed = Wire.ROOM + size + length;
    if (needed > bytes.length) {
      // The next batch of a burst is a few bytes longer or shorter.
      bytes = Arrays.copyOf(bytes, Math.max(FIRST, powerOfTwo(needed)));
    }
    System.arraycopy(record, offset, bytes, Wire.ROOM + size, length);
    size += length;
  }

  private static int powerOfTwo(int atLeast) {
    int power = Integer.highestOneBit(atLeast - 1) << 1;
    return power > 0 ? power : atLeast;
  }

  /** What holds them, from {@link Wire#ROOM} on. */
  byte[] bytes() {
    return bytes;
  }

  /** They are sent: begins anew, in the same memory. */
  void clear() {
    size = 0;
  }

  /** Nothing follows soon: a stream that waits holds no large buffer. */
  void rest() {
    if (size == 0 && bytes.length > KEEP) {
      bytes = NOTHING;
    }
  }

  /** They belong to somebody else, or to nobody. */
  void release() {
    size = 0;
    bytes = NOTHING;
  }
}
