package lip.testing.system;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A connection that speaks no protocol: what it is told, byte by byte, as ISO 8859-1. */
final class RawSocket implements Closeable {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ");

  private final Socket socket;

  RawSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
  }

  /** Sends a text on a connection of its own; what came back until the server closed it. */
  static String talk(int port, String text) throws IOException {
    try (var raw = new RawSocket(port)) {
      raw.send(text);
      return raw.rest();
    }
  }

  /** The final statuses in what a server sent. */
  static int[] statuses(String answers) {
    return STATUS
        .matcher(answers)
        .results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .toArray();
  }

  RawSocket send(String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException e) {
      // The server has refused and closed before all was sent; its answer can still be read.
      return this;
    }
    return this;
  }

  /** No more is sent; what comes can be read. */
  RawSocket shutOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads until the end of the connection. */
  String rest() {
    return until("");
  }

  /** Reads up to and with a text, or until the end of the connection. */
  String until(String end) {
    var read = new ByteArrayOutputStream();
    byte[] wanted = end.getBytes(StandardCharsets.ISO_8859_1);
    try {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        read.write(b);
        if (wanted.length > 0
            && b == wanted[wanted.length - 1]
            && read.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
          break;
        }
      }
    } catch (SocketException e) {
      // A reset ends a connection as well.
      return read.toString(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException("after: " + read.toString(StandardCharsets.ISO_8859_1), e);
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /** Resets the connection. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
