package lip.core.http;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's end point and the request on it. The only class of the request path that touches Jetty.
 */
final class JettyWire implements Wire {
  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final EndPoint endPoint;
  private final ServletContextRequest jetty;

  /** Whether Jetty has sent a chunk by {@link #send}; of whoever sends. */
  private boolean chunked;

  private JettyWire(EndPoint endPoint, ServletContextRequest jetty) {
    this.endPoint = endPoint;
    this.jetty = jetty;
  }

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
  public void send(byte[] bytes, int offset, int length, Sent sent) {
    if (chunked && endPoint instanceof SocketChannelEndPoint plain) {
      chunk(plain, bytes, offset, length, sent);
      return;
    }
    // The response below the servlet's: its stream must be at rest, and then does not notice.
    Response response = jetty.getServletContextResponse().getWrapped();
    response.write(false, ByteBuffer.wrap(bytes, offset, length), told(sent));
    chunked =
        response
            .getHeaders()
            .contains(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
  }

  /**
   * Sends a chunk past Jetty's generator, whose way to the socket is a tenth of what a lone event
   * costs. A chunk of Jetty's came before: it leaves the end of its line to the next one, and so
   * does this.
   */
  private static void chunk(
      SocketChannelEndPoint plain, byte[] bytes, int offset, int length, Sent sent) {
    int start = frame(bytes, offset, length);
    ByteBuffer chunk = ByteBuffer.wrap(bytes, start, offset + length - start);
    try {
      plain.getChannel().write(chunk);
    } catch (IOException e) {
      sent.sent(e);
      return;
    }
    plain.notIdle();
    if (chunk.hasRemaining()) {
      plain.write(told(sent), chunk);
    } else {
      sent.sent(null);
    }
  }

  /** Writes what frames a chunk before it; returns where that begins. */
  private static int frame(byte[] bytes, int offset, int length) {
    int at = offset;
    bytes[--at] = '\n';
    bytes[--at] = '\r';
    for (int left = length; left != 0; left >>>= 4) {
      bytes[--at] = DIGITS[left & 15];
    }
    bytes[--at] = '\n';
    bytes[--at] = '\r';
    return at;
  }

  private static Callback told(Sent sent) {
    return Callback.from(() -> sent.sent(null), sent::sent);
  }

  @Override
  public Optional<SocketChannel> channel() {
    return endPoint.getTransport() instanceof SocketChannel channel
        ? Optional.of(channel)
        : Optional.empty();
  }
}
