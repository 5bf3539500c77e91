package lip.testing.system;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client that sends a beginning at once and then one more byte from time to time. */
final class Dripper implements Closeable {
  private final SocketChannel channel;
  private final StringBuilder answer = new StringBuilder();
  private final ByteBuffer buffer = ByteBuffer.allocate(4096);
  private boolean closed;

  Dripper(int port, String beginning) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.write(ByteBuffer.wrap(beginning.getBytes(StandardCharsets.ISO_8859_1)));
    channel.configureBlocking(false);
  }

  /** Sends one byte and reads what is there; never blocks. */
  void drip() {
    try {
      listen();
      if (!closed) {
        channel.write(ByteBuffer.wrap(new byte[] {'a'}));
      }
    } catch (IOException e) {
      closed = true; // A reset ends a connection as well.
    }
  }

  /** Reads what is there. */
  void listen() {
    try {
      for (int read = channel.read(buffer.clear());
          read != 0;
          read = channel.read(buffer.clear())) {
        if (read < 0) {
          closed = true;
          return;
        }
        answer.append(new String(buffer.array(), 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  /** What came back so far. */
  String answer() {
    return answer.toString();
  }

  /** Whether the server has closed the connection. */
  boolean closed() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
