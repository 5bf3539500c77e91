package lip.core.upstream;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import lip.api.failure.UpstreamFailure;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.KeptThreads;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Timeouts;
import lip.sdk.upstream.Upstream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * The outbound client. Options are asked for at each use: new ones act on new exchanges, the bounds
 * of the pool at once. A thread that is interrupted inside {@link #send} gives the request up.
 */
public final class UpstreamClient implements Upstream, AutoCloseable {
  /**
   * Figures for inventory and tests.
   *
   * @param opened connections opened since the start
   * @param idle connections in the pool
   * @param exchanges running exchanges
   */
  public record Stats(long opened, int idle, int exchanges) {}

  private final Supplier<UpstreamOptions> options;
  private final Map<String, String> environment;
  private final AnswerRoom room;
  private final ConnectionPool pool;
  private final Attendant attendant;
  private final SelectorLoops loops;
  private final Dialer dialer;
  private final HttpReply.Owner owner = new Returns();
  private volatile ProxySelection proxies;
  private volatile boolean closed;

  /** A client whose answers may be as large as they like together. */
  public UpstreamClient(Supplier<UpstreamOptions> options, Map<String, String> environment) {
    this(options, environment, AnswerRoom.unbounded(), KeptThreads.UNTOLD);
  }

  /**
   * A client.
   *
   * @param options current settings
   * @param environment variables of the process, for the proxies named there
   * @param room what may be held of its answers
   * @param kept told when a stream keeps the thread of many
   */
  public UpstreamClient(
      Supplier<UpstreamOptions> options,
      Map<String, String> environment,
      AnswerRoom room,
      KeptThreads kept) {
    this.loops = SelectorLoops.start(kept);
    this.dialer = new Dialer(loops::next);
    this.room = room;
    this.options = options;
    this.environment = Map.copyOf(environment);
    this.proxies = new ProxySelection(options.get(), this.environment);
    this.pool = new ConnectionPool(options);
    this.attendant = Attendant.start(pool, loops);
  }

  @Override
  public Reply send(Request request) throws UpstreamFailure {
    UpstreamOptions current = options.get();
    Origin origin = origin(request.uri(), current);
    RequestBytes bytes = RequestBytes.of(request, origin);
    Exchange exchange = new Exchange();
    attendant.watch(exchange);
    boolean answered = false;
    try {
      if (closed) {
        throw Failures.stopped();
      }
      Reply reply = exchange(request, current, origin, bytes, exchange);
      answered = true;
      return reply;
    } finally {
      if (!answered) {
        exchange.end(Exchange.Ending.FAILED);
        attendant.forget(exchange);
      }
    }
  }

  private Origin origin(URI uri, UpstreamOptions current) throws UpstreamFailure {
    ProxySelection selection = proxies;
    if (!selection.options().equals(current)) {
      selection = new ProxySelection(current, environment);
      proxies = selection;
    }
    Origin direct = Origin.of(uri, null, current.caFile());
    try {
      ProxyServer proxy = selection.select(uri);
      return proxy == null ? direct : Origin.of(uri, proxy, current.caFile());
    } catch (IllegalArgumentException e) {
      throw Failures.setup(direct, "the proxy for it is not of the form http://host:port", e);
    }
  }

  private Reply exchange(
      Request request,
      UpstreamOptions current,
      Origin origin,
      RequestBytes bytes,
      Exchange exchange)
      throws UpstreamFailure {
    Timeouts timeouts = timeouts(request, current);
    Limit limit =
        request.streamed()
            ? new Limit("response.header.timeout", timeouts.firstByte())
            : new Limit("unstreamed.response.timeout", timeouts.unstreamed());
    Connection kept = pool.take(origin);
    boolean reused = kept != null;
    Connection connection = kept == null ? dial(origin, current, exchange) : kept;
    exchange.attach(connection);
    for (; ; ) {
      long before = connection.received();
      try {
        exchange.arm(limit);
        ClassicHttpResponse head = ask(connection, bytes, () -> exchange.arm(limit));
        exchange.disarm();
        return new HttpReply(
            owner,
            exchange,
            connection,
            head,
            request.method(),
            request.headers().first("Accept-Encoding") == null,
            new Limit("stream.idle.timeout", timeouts.idle()),
            room.share());
      } catch (IOException | HttpException e) {
        exchange.disarm();
        connection.abort();
        UpstreamFailure reason = reason(origin, exchange, limit, e);
        boolean untouched = e instanceof IOException && connection.received() == before;
        // Once, and only when a kept connection turned out to be dead.
        if (!reused
            || !untouched
            || exchange.ending() != null
            || Thread.currentThread().isInterrupted()) {
          throw reason;
        }
        reused = false;
        connection = dial(origin, current, exchange);
      }
    }
  }

  private Connection dial(Origin origin, UpstreamOptions current, Exchange exchange)
      throws UpstreamFailure {
    try {
      return dialer.connect(origin, current, exchange);
    } catch (UpstreamFailure e) {
      if (exchange.ending() == Exchange.Ending.STOPPED) {
        throw Failures.stopped();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw Failures.interrupted(e);
      }
      throw e;
    }
  }

  private static ClassicHttpResponse ask(
      Connection connection, RequestBytes bytes, RequestBytes.Progress progress)
      throws IOException, HttpException {
    try {
      bytes.send(connection, progress);
    } catch (IOException e) {
      // A server may answer and close before it has read a large body: its answer says why.
      try {
        return connection.receiveHead();
      } catch (IOException | HttpException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
    return connection.receiveHead();
  }

  private static UpstreamFailure reason(
      Origin origin, Exchange exchange, Limit limit, Exception cause) {
    return switch (exchange.ending()) {
      case EXPIRED -> Failures.timeout(origin + " did not answer within " + limit, cause);
      case STOPPED -> Failures.stopped();
      case null, default ->
          Thread.currentThread().isInterrupted()
              ? Failures.interrupted(cause)
              : Failures.head(origin, cause);
    };
  }

  // The constant itself, not its values, means "the operator's limits".
  @SuppressWarnings("ReferenceEquality")
  private static Timeouts timeouts(Request request, UpstreamOptions current) {
    return request.timeouts() == Timeouts.DEFAULT ? current.timeouts() : request.timeouts();
  }

  /** The figures now. */
  public Stats stats() {
    return new Stats(dialer.opened(), pool.idle(), attendant.watched());
  }

  /** Ends all exchanges and connections. */
  @Override
  public void close() {
    closed = true;
    attendant.close();
    pool.close();
    loops.close();
  }

  private final class Returns implements HttpReply.Owner {
    @Override
    public void done(Exchange exchange, Connection connection, boolean keep) {
      if (!keep || !given(connection)) {
        connection.end();
      }
      attendant.forget(exchange);
    }

    /** Gives it to the pool unless it is spoilt. */
    private boolean given(Connection connection) {
      try {
        if (connection.isOpen() && !connection.hasLeftover()) {
          pool.give(connection);
          return true;
        }
      } catch (IOException _) {
        // A connection that cannot even be asked.
      }
      return false;
    }

    @Override
    public void gone(Exchange exchange) {
      attendant.forget(exchange);
    }
  }
}
