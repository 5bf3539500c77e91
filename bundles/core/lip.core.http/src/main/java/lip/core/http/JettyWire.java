package lip.core.http;

import jakarta.servlet.ServletRequest;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;

/** Jetty's end point. The only class of the request path that touches Jetty. */
record JettyWire(EndPoint endPoint) implements Wire {
  static Function<ServletRequest, Wire> finder() {
    // Resolves Jetty's classes now, so that a framework without them is noticed once.
    Objects.requireNonNull(ServletContextRequest.class);
    return JettyWire::under;
  }

  private static Wire under(ServletRequest request) {
    ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(request);
    return jetty == null
        ? HIDDEN
        : new JettyWire(jetty.getConnectionMetaData().getConnection().getEndPoint());
  }

  /** The connector that accepted a request. */
  static Optional<Connector> connector(ServletRequest request) {
    return Optional.ofNullable(ServletContextRequest.getServletContextRequest(request))
        .map(jetty -> jetty.getConnectionMetaData().getConnector());
  }

  @Override
  public boolean cut() {
    endPoint.close();
    return true;
  }

  @Override
  public void idle(Duration limit) {
    endPoint.setIdleTimeout(limit.toMillis());
  }

  @Override
  public Optional<SocketChannel> channel() {
    return endPoint.getTransport() instanceof SocketChannel channel
        ? Optional.of(channel)
        : Optional.empty();
  }
}
