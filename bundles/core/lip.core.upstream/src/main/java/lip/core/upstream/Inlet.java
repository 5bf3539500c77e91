package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/**
 * A connection's bytes on their way to the HTTP library. Looks ahead where much is to come, which
 * lets the buffers of the library be small: thousands of streams are silent most of the time. Used
 * by one thread at a time.
 */
final class Inlet extends InputStream {
  /** A usual answer, head and body. */
  private static final int ANSWER = 4 * 1024;

  private static final int BURST = 16 * 1024;
  private static final byte[] NOTHING = {};

  private final InputStream socket;
  private final BooleanSupplier promising;
  private final boolean decrypts;
  private byte[] ahead = NOTHING;
  private int from;
  private int to;
  // The room of the next look ahead; 0 = whoever reads gets the bytes at once.
  private int room;

  /**
   * @param socket what is read: the intake itself, or TLS over it
   * @param promising whether a read that would not wait may find something
   * @param decrypts whether {@code available()} of the socket is a look into memory (bytes already
   *     decrypted), no system call
   */
  Inlet(InputStream socket, BooleanSupplier promising, boolean decrypts) {
    this.socket = socket;
    this.promising = promising;
    this.decrypts = decrypts;
  }

  /** The next bytes begin an answer. */
  void expectAnswer() {
    room = ANSWER;
  }

  /** Whether a read would not wait, or while it is polled may find something. */
  boolean isReady() throws IOException {
    return promising.getAsBoolean() || hasBytes();
  }

  /** Whether bytes are here that nobody has taken. */
  boolean hasBytes() throws IOException {
    return from < to || (decrypts && socket.available() > 0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (from == to) {
      if (room <= length) {
        return asked(socket.read(target, offset, length), length);
      }
      byte[] fresh = new byte[room];
      int read = asked(socket.read(fresh, 0, fresh.length), fresh.length);
      if (read < 0) {
        return read;
      }
      ahead = fresh;
      from = 0;
      to = read;
    }
    int taken = Math.min(length, to - from);
    System.arraycopy(ahead, from, target, offset, taken);
    from += taken;
    if (from == to) {
      ahead = NOTHING;
      from = 0;
      to = 0;
    }
    return taken;
  }

  /** A read that got all it could take is followed by a longer one. */
  private int asked(int read, int length) {
    room = read == length ? BURST : 0;
    return read;
  }
}
