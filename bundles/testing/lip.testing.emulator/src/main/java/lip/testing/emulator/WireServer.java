package lip.testing.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A loopback HTTP/1.1 server that answers each request by playing an {@link Answer}, one virtual
 * thread per connection, and keeps all exchanges. Protocol emulators stand on it.
 */
public final class WireServer implements AutoCloseable {
  private final ServerSocket server;
  private final Handler handler;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  /** Says how a request is answered; called on the connection's own thread. */
  @FunctionalInterface
  public interface Handler {
    /** The answer to a request. */
    Answer answer(ReceivedRequest request);
  }

  private WireServer(ServerSocket server, Handler handler) {
    this.server = server;
    this.handler = handler;
  }

  /**
   * Starts on 127.0.0.1.
   *
   * @param port 0 = any free one
   * @throws UncheckedIOException when the port cannot be had
   */
  public static WireServer start(int port, Handler handler) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      try {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        socket.bind(new InetSocketAddress(loopback, port), 1_024);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
      WireServer started = new WireServer(socket, handler);
      Thread.ofVirtual().name("emulator-accept").start(started::accept);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** All exchanges so far, in the order their requests were complete. */
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** Forgets all exchanges. */
  public void forget() {
    exchanges.clear();
  }

  /** Forgets the exchanges that are over. */
  public void forgetEnded() {
    exchanges.removeIf(exchange -> exchange.ending() != Ending.RUNNING);
  }

  /** How many connections are open. */
  public int openConnections() {
    return connections.size();
  }

  /** Stops listening and ends all connections. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException _) {
      // It is gone either way.
    }
    connections.forEach(Connection::close);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().name("emulator-connection").start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        Connection connection = new Connection(socket)) {
      connections.add(connection);
      try {
        if (!server.isClosed()) {
          serve(connection);
        }
      } finally {
        connections.remove(connection);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // The connection is over; its exchange says how.
    }
  }

  private void serve(Connection connection) throws IOException, InterruptedException {
    byte[] goOn = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    RequestReader reader =
        new RequestReader(connection.in(), () -> connection.write(goOn, 0, goOn.length));
    boolean open = true;
    while (open) {
      @Nullable ReceivedRequest request;
      try {
        request = reader.read();
      } catch (BadHttp e) {
        Answer refusal = Answer.untilClose(400, "text/plain").send(e.getMessage() + "\n");
        open = new Player(connection, refusal).play();
        continue;
      }
      if (request == null) {
        return;
      }
      open = answer(connection, request);
    }
  }

  private boolean answer(Connection connection, ReceivedRequest request)
      throws IOException, InterruptedException {
    Exchange exchange = new Exchange(request);
    if (!Control.isAsked(request)) {
      exchanges.add(exchange);
    }
    Ending ending = Ending.CUT;
    try {
      Answer answer = answerOf(exchange);
      exchange.answering(answer.status());
      boolean open = new Player(connection, answer).play();
      ending = Player.cuts(answer) ? Ending.CUT : Ending.COMPLETE;
      return open;
    } catch (Connection.ClientGone e) {
      ending = server.isClosed() ? Ending.CUT : Ending.CLIENT_GONE;
      throw e;
    } finally {
      exchange.end(ending);
    }
  }

  /** A script that throws must be seen: by the client as a 500, by the test in the exchange. */
  private Answer answerOf(Exchange exchange) {
    try {
      return handler.answer(exchange.request());
    } catch (RuntimeException | AssertionError e) {
      exchange.failed(e);
      return Answer.whole(500, "text/plain", "the script of the emulator failed: " + e + "\n");
    }
  }
}
