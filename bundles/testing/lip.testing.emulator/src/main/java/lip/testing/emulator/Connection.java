package lip.testing.emulator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket with the few things a player needs: writes that leave at once, waits that see the client
 * go, resets.
 */
final class Connection implements AutoCloseable {
  private static final int PEEK_MILLIS = 20;

  private final Socket socket;
  private final InputStream in;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** The client closed its end, or both. */
  static final class ClientGone extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGone() {
      super("the client has closed the connection");
    }
  }

  InputStream in() {
    return in;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      socket.getOutputStream().write(bytes, offset, length);
    } catch (SocketException _) {
      throw new ClientGone();
    }
  }

  /** Waits; a client that goes ends the wait. */
  void pause(Duration duration) throws IOException, InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      peek(Math.clamp(left / 1_000_000, 1, 1_000));
    }
  }

  /** Waits for a gate; a client that goes ends the wait. */
  void await(Gate gate) throws IOException, InterruptedException {
    while (!gate.isOpen()) {
      peek(PEEK_MILLIS);
    }
  }

  /** Waits until the client goes. */
  void stall() throws IOException, InterruptedException {
    while (true) {
      peek(1_000);
    }
  }

  /** Ends with RST: what the client has not read yet is lost. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  private void peek(int millis) throws IOException, InterruptedException {
    socket.setSoTimeout(millis);
    in.mark(1);
    try {
      if (in.read() < 0) {
        throw new ClientGone();
      }
      // The client has sent its next request early; it waits there.
      in.reset();
      Thread.sleep(millis);
    } catch (SocketTimeoutException _) {
      // Still there.
    } catch (SocketException _) {
      throw new ClientGone();
    } finally {
      if (!socket.isClosed()) {
        socket.setSoTimeout(0);
      }
    }
  }
}
