package lip.core.http.listener;

import jakarta.servlet.ServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import lip.core.http.JettyRefusals;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * What Jetty itself does not limit: a header that drips in, and the number of connections. It
 * listens to the connections of each connector it is given; one platform thread looks at them once
 * in a while.
 */
final class ConnectionGuard implements Connection.Listener, AutoCloseable {
  /** Connections at once, on all data servers together. */
  static final int MOST = 20_000;

  /**
   * Since when a connection is inside of a header; 0 = it is not. Only the guard's thread touches
   * it.
   */
  private static final class Progress {
    private long begun;
  }

  /** All that an answer of ours can need. */
  private static final int RESPONSE_HEADER = 16 * 1024;

  private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
  private final int most;
  private final Thread thread;
  private volatile long headerNanos;
  private volatile boolean closed;

  ConnectionGuard(int most, Duration headerTimeout, Duration tick) {
    this.most = most;
    this.headerNanos = headerTimeout.toNanos();
    this.thread =
        Thread.ofPlatform().daemon().name("lip-connections").start(() -> run(tick.toNanos()));
  }

  /** The limit from the first byte of a request to the end of its headers. */
  void headerTimeout(Duration limit) {
    headerNanos = limit.toNanos();
  }

  /** Guards the connector that accepted a request; later limits of it are set by {@link #limit}. */
  Connector attach(ServletRequest request) {
    ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(request);
    if (jetty == null) {
      throw new IllegalStateException("the data server is not Jetty");
    }
    Connector connector = jetty.getConnectionMetaData().getConnector();
    if (connector.getEventListeners().stream().noneMatch(this::equals)) {
      connector.addEventListener(this);
      connector.getServer().setErrorHandler(new JettyRefusals());
      // Felix has one size for both directions, and each answer takes a buffer of it.
      http(connector).ifPresent(http -> http.setResponseHeaderSize(RESPONSE_HEADER));
    }
    return connector;
  }

  /** Changes the limits of a connector for connections that come afterwards. */
  static void limit(Connector connector, Duration idle, int headerBytes) {
    if (connector instanceof AbstractConnector limited) {
      limited.setIdleTimeout(idle.toMillis());
    }
    http(connector).ifPresent(http -> http.setRequestHeaderSize(headerBytes));
  }

  private static Optional<HttpConfiguration> http(Connector connector) {
    return Optional.ofNullable(
            connector.getConnectionFactory(HttpConfiguration.ConnectionFactory.class))
        .map(HttpConfiguration.ConnectionFactory::getHttpConfiguration);
  }

  int connections() {
    return connections.size();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connections.size() >= most) {
      connection.getEndPoint().close();
      return;
    }
    connections.put(connection, new Progress());
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  private void run(long tick) {
    while (!closed) {
      LockSupport.parkNanos(tick);
      long now = System.nanoTime();
      connections.forEach((connection, progress) -> look(connection, progress, now));
    }
  }

  private void look(Connection connection, Progress progress, long now) {
    if (!insideHeader(connection)) {
      progress.begun = 0;
    } else if (progress.begun == 0) {
      progress.begun = now;
    } else if (now - progress.begun > headerNanos) {
      connection.getEndPoint().close();
    }
  }

  private static boolean insideHeader(Connection connection) {
    // Between two requests the parser is at START or at the END of the last one.
    return connection instanceof HttpConnection http
        && http.getParser().inHeaderState()
        && !http.getParser().isState(HttpParser.State.START);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
