package lip.core.http.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import lip.core.http.DataServlet;
import lip.core.http.Probe;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;

/**
 * The first request to a new server is our own: it shows that the data servlet answers there, and
 * it brings the connector, which Felix shows nowhere else.
 */
final class FirstRequest {
  private static final int PATIENCE_MILLIS = 5_000;

  private final DataServlet servlet;
  private final ConnectionGuard guard;
  private volatile String path = "/healthz";

  FirstRequest(DataServlet servlet, ConnectionGuard guard) {
    this.servlet = servlet;
    this.guard = guard;
  }

  void path(String health) {
    path = health;
  }

  /** Asks once; null = nobody answered, or somebody else did. */
  @Nullable Connector ask(Address address) {
    String token = UUID.randomUUID().toString();
    AtomicReference<@Nullable Connector> seen = new AtomicReference<>();
    servlet.expect(Optional.of(new Probe(token, request -> seen.set(guard.attach(request)))));
    try (Socket socket = new Socket()) {
      InetAddress host =
          address.host().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.host();
      socket.connect(new InetSocketAddress(host, address.port()), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s: %s\r\n\r\n"
              .formatted(path, address.text(), DataServlet.PROBE, token);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
      return seen.get();
    } catch (IOException _) {
      // Not listening yet; the caller asks again.
      return null;
    } finally {
      servlet.expect(Optional.empty());
    }
  }
}
