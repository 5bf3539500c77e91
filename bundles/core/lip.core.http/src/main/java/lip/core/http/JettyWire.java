package lip.core.http;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's end point and the request on it. The only class of the request path that touches Jetty.
 */
record JettyWire(EndPoint endPoint, ServletContextRequest jetty) implements Wire {
  static Function<ServletRequest, Wire> finder() {
    // Resolves Jetty's classes now, so that a framework without them is noticed once.
    Objects.requireNonNull(ServletContextRequest.class);
    return JettyWire::under;
  }

  private static Wire under(ServletRequest request) {
    ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(request);
    return jetty == null
        ? HIDDEN
        : new JettyWire(jetty.getConnectionMetaData().getConnection().getEndPoint(), jetty);
  }

  /** The connector that accepted a request. */
  static Optional<Connector> connector(ServletRequest request) {
    return Optional.ofNullable(ServletContextRequest.getServletContextRequest(request))
        .map(jetty -> jetty.getConnectionMetaData().getConnector());
  }

  @Override
  public void cut() {
    endPoint.close();
  }

  @Override
  public void idle(Duration limit) {
    // Setting it cancels a timer and starts one, even when nothing changes.
    if (endPoint.getIdleTimeout() != limit.toMillis()) {
      endPoint.setIdleTimeout(limit.toMillis());
    }
  }

  @Override
  public boolean interim() throws IOException {
    try {
      jetty
          .getServletContextResponse()
          .writeInterim(HttpStatus.PROCESSING_102, HttpFields.EMPTY)
          .get();
      return true;
    } catch (ExecutionException e) {
      throw new IOException("the client is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public boolean sends() {
    return true;
  }

  @Override
  public void send(ByteBuffer bytes, Sent sent) {
    // The response below the servlet's: its stream must be at rest, and then does not notice.
    jetty
        .getServletContextResponse()
        .getWrapped()
        .write(
            false,
            bytes,
            new Callback() {
              @Override
              public void succeeded() {
                sent.sent(null);
              }

              @Override
              public void failed(Throwable failure) {
                sent.sent(failure);
              }
            });
  }

  @Override
  public Optional<SocketChannel> channel() {
    return endPoint.getTransport() instanceof SocketChannel channel
        ? Optional.of(channel)
        : Optional.empty();
  }
}
