package lip.core.upstream;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a bare socket: a script says, byte by byte, what each connection gets to see. */
final class ScriptedServer implements AutoCloseable {
  interface Script {
    void play(Peer peer) throws Exception;
  }

  static final class Peer {
    final int number;
    private final Socket socket;
    private final ScriptedServer server;

    private Peer(int number, Socket socket, ScriptedServer server) {
      this.number = number;
      this.socket = socket;
      this.server = server;
    }

    String readRequest() throws IOException {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          throw new EOFException();
        }
        head.write(b);
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
      if (at >= 0) {
        int length = Integer.parseInt(text.substring(at + 16, text.indexOf('\r', at)));
        text += new String(in.readNBytes(length), StandardCharsets.UTF_8);
      }
      server.requests.add(text);
      return text;
    }

    Peer send(String text) throws IOException {
      return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Peer send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      return this;
    }

    Peer chunk(String text) throws IOException {
      return send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** Waits until the client has closed or reset. */
    void awaitClose() {
      try {
        byte[] rest = new byte[65_536];
        while (socket.getInputStream().read(rest) >= 0) {
          // Whatever it still sends.
        }
      } catch (IOException _) {
        // A reset is a close, too.
      }
      server.closedByClient.incrementAndGet();
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    Socket socket() {
      return socket;
    }
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger closedByClient = new AtomicInteger();
  private final ServerSocket listener;
  private final Script script;

  ScriptedServer(Script script) {
    try {
      this.script = script;
      this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        int number = connections.incrementAndGet();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(new Peer(number, socket, this)));
      } catch (IOException _) {
        return; // The test is over.
      }
    }
  }

  private void serve(Peer peer) {
    try (Socket _ = peer.socket) {
      script.play(peer);
    } catch (Exception _) {
      // The client went away: some tests want just that.
    } finally {
      open.decrementAndGet();
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
