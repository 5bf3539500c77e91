package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The bytes of a channel, by one reader. A read waits for them; while they are polled it takes what
 * is there or throws {@link WouldBlock}.
 */
final class Intake extends InputStream {
  private final SocketChannel channel;
  private final InputStream waiting;
  private boolean polled;
  private boolean promising;

  Intake(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.waiting = channel.socket().getInputStream();
  }

  /** From now on reads do not wait. */
  void poll() throws IOException {
    if (!polled) {
      channel.configureBlocking(false);
      polled = true;
      promising = false;
    }
  }

  /** From now on reads wait; no key of the channel may be valid any more. */
  void block() throws IOException {
    if (polled) {
      channel.configureBlocking(true);
      polled = false;
      promising = false;
    }
  }

  boolean isPolled() {
    return polled;
  }

  /** Bytes have come, or the end: the next read finds something. */
  void arrived() {
    promising = true;
  }

  /** Whether a polled read may find something; one that took less than it could found all. */
  boolean isPromising() {
    return promising;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!polled) {
      return waiting.read(target, offset, length);
    }
    int read = channel.read(ByteBuffer.wrap(target, offset, length));
    promising = read == length;
    if (read == 0 && length > 0) {
      throw WouldBlock.INSTANCE;
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return polled ? 0 : waiting.available();
  }
}
