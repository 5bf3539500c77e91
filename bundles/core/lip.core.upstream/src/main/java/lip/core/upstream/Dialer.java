package lip.core.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import lip.api.failure.UpstreamFailure;
import org.apache.hc.core5.http.HttpException;

/** Opens connections: TCP, a proxy's tunnel, TLS, each under its own limit. */
final class Dialer {
  private final TlsContexts tls = new TlsContexts();
  private final LongAdder opened = new LongAdder();
  private final Supplier<SelectorLoop> loops;

  /** Loops for what waits without a thread. */
  Dialer(Supplier<SelectorLoop> loops) {
    this.loops = loops;
  }

  /** Number of connections opened so far. */
  long opened() {
    return opened.sum();
  }

  /**
   * A new connection, attached to the exchange from its first moment so that it can be cut at any
   * time.
   */
  Connection connect(Origin origin, UpstreamOptions options, Exchange exchange)
      throws UpstreamFailure {
    Limit dial = new Limit("dial.timeout", options.dialTimeout());
    Connection connection = tcp(origin, dial, exchange);
    try {
      tune(connection.channel(), options.keepAlive());
      connection.bind(new ChannelSocket(connection.channel()));
    } catch (IOException e) {
      connection.abort();
      throw Failures.connect(origin, e);
    }
    opened.increment();
    if (!origin.tls()) {
      return connection;
    }
    if (origin.proxy() != null) {
      tunnel(connection, origin, origin.proxy(), dial, exchange);
    }
    return secure(connection, origin, options, exchange);
  }

  private Connection tcp(Origin origin, Limit dial, Exchange exchange) throws UpstreamFailure {
    ProxyServer proxy = origin.proxy();
    String host = proxy == null ? origin.host() : proxy.host();
    int port = proxy == null ? origin.port() : proxy.port();
    long end = System.nanoTime() + dial.duration().toNanos();
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw Failures.connect(origin, e);
    }
    IOException last = new SocketTimeoutException("no time left");
    for (int i = 0; i < addresses.length; i++) {
      // A dead address must not use up the time of the living ones.
      long share = (end - System.nanoTime()) / (addresses.length - i) / 1_000_000;
      if (share <= 0 || exchange.ending() != null) {
        break;
      }
      try {
        int millis = (int) Math.min(share, Integer.MAX_VALUE);
        return tcp(origin, new InetSocketAddress(addresses[i], port), millis, exchange);
      } catch (IOException e) {
        last = e;
      }
    }
    if (last instanceof SocketTimeoutException) {
      throw Failures.connectTimeout(origin, dial, last);
    }
    throw Failures.connect(origin, last);
  }

  private Connection tcp(Origin origin, InetSocketAddress address, int millis, Exchange exchange)
      throws IOException {
    Connection connection = new Connection(origin, SocketChannel.open(), loops);
    exchange.attach(connection);
    try {
      connection.channel().socket().connect(address, millis);
      return connection;
    } catch (IOException e) {
      connection.end();
      throw e;
    }
  }

  private static void tune(SocketChannel channel, Duration keepAlive) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    int seconds = Math.clamp(keepAlive.toSeconds(), 1, 32_767);
    for (SocketOption<?> option : channel.supportedOptions()) {
      // By name: their class is not on every platform.
      if (option.name().equals("TCP_KEEPIDLE") || option.name().equals("TCP_KEEPINTERVAL")) {
        set(channel, option, seconds);
      }
    }
  }

  private static <T> void set(SocketChannel channel, SocketOption<T> option, Integer value)
      throws IOException {
    channel.setOption(option, option.type().cast(value));
  }

  private static void tunnel(
      Connection connection, Origin origin, ProxyServer proxy, Limit limit, Exchange exchange)
      throws UpstreamFailure {
    exchange.arm(limit);
    try {
      RequestBytes.connect(origin, proxy).send(connection, () -> {});
      int status = connection.receiveHead().getCode();
      if (status / 100 != 2) {
        connection.abort();
        throw Failures.tunnel(origin, status);
      }
    } catch (IOException | HttpException e) {
      connection.abort();
      if (exchange.ending() == Exchange.Ending.EXPIRED) {
        throw Failures.connectTimeout(origin, limit, e);
      }
      throw Failures.head(origin, e);
    } finally {
      exchange.disarm();
    }
  }

  private Connection secure(
      Connection plain, Origin origin, UpstreamOptions options, Exchange exchange)
      throws UpstreamFailure {
    SSLContext context;
    try {
      context = tls.context(origin.caFile());
    } catch (IOException | GeneralSecurityException e) {
      plain.abort();
      throw Failures.setup(origin, "the trust anchors of ca.file cannot be used", e);
    }
    Limit limit = new Limit("tls.handshake.timeout", options.tlsHandshakeTimeout());
    // Not the connection that spoke with the proxy: what it may have read too much must not count
    // as decrypted.
    Connection connection = new Connection(origin, plain.channel(), loops);
    exchange.attach(connection);
    exchange.arm(limit);
    try {
      ChannelSocket base = new ChannelSocket(plain.channel());
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(base, origin.host(), origin.port(), true);
      TlsContexts.restrict(socket);
      socket.startHandshake();
      connection.bind(socket, base);
      return connection;
    } catch (IOException e) {
      plain.abort();
      if (exchange.ending() == Exchange.Ending.EXPIRED) {
        throw Failures.timeout("no TLS with " + origin + " within " + limit, e);
      }
      throw Failures.tls(origin, e);
    } finally {
      exchange.disarm();
    }
  }
}
