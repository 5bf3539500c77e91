package lip.core.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.Rejected;
import lip.core.gateway.EndCause;
import lip.core.gateway.PinnedExchange;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.AnswerWriter;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.frontend.LastWords;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One admitted request on the container's virtual thread: puts writer, attendant, tenure, client
 * and last words together and brings the response to exactly one end, whoever is first: the plugin,
 * a vanished client, or the core. A thread of its own, and an asynchronous end, would cost two more
 * wake-ups for each call. Only a streamed answer that has to wait lets go of the thread, when its
 * frontend leaves it to the core.
 */
final class LiveExchange implements Exchange, Attendant.Charge, Fate, Following.Host {
  /** How long the core waits for a write under way before it cuts the connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How long the core's own last write may take. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** How long a thread may go on after its exchange has ended before it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final long DRAIN_BYTES = 64L << 20;
  private static final Duration DRAIN_TIME = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(LiveExchange.class);

  private final Shared shared;
  private final PinnedExchange pinned;
  private final HttpServletRequest request;
  private final String method;
  private final String path;
  private final String query;
  private final String traceId;
  private final Headers headers;
  private final boolean chunks;
  private final int localPort;
  private final Terms terms;
  private final Wire wire;
  private final Tenure tenure = new Tenure();
  private final Farewell farewell = new Farewell();
  private final RequestBody body;
  private final RecordWriter writer;
  private final ReentrantLock reaping = new ReentrantLock();
  private final ClientPresence client;

  /** What the frontend left to the core; null = nothing. */
  private volatile @Nullable Following following;

  /** Whether a keep-alive is on its way; only the attendant begins one. */
  private volatile boolean breaking;

  // The attendant's.
  private boolean settled;
  private final Worker worker = new Worker();
  private final SilenceLimit silenceLimit;

  LiveExchange(
      Shared shared,
      PinnedExchange pinned,
      HttpServletRequest request,
      HttpServletResponse response,
      Headers headers,
      String traceId,
      Terms terms)
      throws IOException {
    this.shared = shared;
    this.pinned = pinned;
    this.request = request;
    this.method = request.getMethod();
    this.path = request.getRequestURI();
    String sent = request.getQueryString();
    this.query = sent == null ? "" : sent;
    this.localPort = request.getLocalPort();
    this.chunks = request.getProtocol().equals("HTTP/1.1");
    this.headers = headers;
    this.traceId = traceId;
    this.terms = terms;
    this.wire = shared.wires().apply(request);
    this.silenceLimit = new SilenceLimit(wire, terms.idle());
    this.body = new RequestBody(request, terms, tenure, shared.bodies());
    this.writer = new RecordWriter(response, tenure, wire, farewell, this);
    this.client = new ClientPresence(shared.watch(), wire, tenure, body, writer, this);
  }

  int localPort() {
    return localPort;
  }

  /**
   * Serves the request on the calling thread. When it returns the response has ended, or an
   * asynchronous one goes on.
   */
  void run() {
    shared.attendant().add(this);
    Throwable thrown = null;
    try {
      pinned.onRevoked(this::revoked);
      handle();
      Following rest = following;
      if (rest != null && !rest.begin()) {
        return;
      }
    } catch (Throwable t) {
      thrown = t;
    }
    end(thrown);
  }

  private void handle() throws InterruptedException {
    enter();
    try {
      pinned.frontend().handle(this, pinned.calls());
    } finally {
      leave();
    }
  }

  @Override
  public void enter() {
    pinned.worker(Thread.currentThread());
    worker.enter();
  }

  @Override
  public void leave() {
    // The interrupt of a core that gave up must not meet the writes of the end.
    worker.leave();
    pinned.worker(null);
  }

  @Override
  public boolean held() {
    return tenure.held();
  }

  @Override
  public boolean detachable() {
    return wire.sends() && request.isAsyncSupported() && !body.unread();
  }

  @Override
  public void detach() {
    request.startAsync().setTimeout(0);
    writer.poll();
  }

  @Override
  public void followed(@Nullable Throwable thrown) {
    Throwable why = thrown;
    try {
      writer.settle();
    } catch (RuntimeException | Error e) {
      why = why == null ? e : why;
    }
    try {
      end(why);
    } finally {
      complete();
    }
  }

  private void complete() {
    try {
      request.getAsyncContext().complete();
    } catch (IllegalStateException e) {
      log.debug("{} was ended by the container", traceId, e);
    }
  }

  @Override
  public void drained() {
    wake();
  }

  private void wake() {
    Following carried = following;
    if (carried != null) {
      carried.wake();
    }
  }

  /** The plugin has done its part: brings the response to its end and gives everything back. */
  private void end(@Nullable Throwable thrown) {
    try {
      conclude(thrown);
    } catch (RuntimeException | Error e) {
      log.error("{} could not be ended in order", traceId, e);
      wire.cut();
    } finally {
      client.end();
      pinned.close();
      body.letGo();
      body.drain(DRAIN_BYTES, DRAIN_TIME);
      // A response that the container completes while the reaper still writes it breaks.
      reaping.lock();
      try {
        shared.attendant().remove(this);
        silenceLimit.end();
      } finally {
        reaping.unlock();
      }
    }
  }

  private void conclude(@Nullable Throwable thrown) {
    boolean clean = thrown == null && writer.over();
    boolean mine = tenure.revoke("the request has ended");
    if (!mine) {
      log.debug("{} came back after its end", traceId, thrown);
      return;
    }
    if (clean) {
      return;
    }
    if (thrown == null || !(thrown instanceof ExchangeEnded)) {
      Throwable cause =
          thrown == null
              ? new IllegalStateException("returned without an end of response")
              : thrown;
      log.error("{} frontend {} failed", traceId, pinned.frontendId(), cause);
      pinned.blame(cause);
    }
    ErrorReply reply =
        writer.started()
            ? farewell.get().unstarted()
            : Rendering.of(
                pinned.frontend(), Failure.of(FailureClass.INTERNAL, "internal error"), traceId);
    speak(reply);
  }

  /** The last words on this thread; whatever stands in the way ends with the connection. */
  private void speak(ErrorReply unstarted) {
    try {
      if (!writer.conclude(unstarted, farewell.get(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        wire.cut();
      }
    } catch (ExchangeEnded e) {
      log.debug("{} client gone before the last words", traceId, e);
    } catch (InterruptedException e) {
      wire.cut();
      Thread.currentThread().interrupt();
    }
  }

  /** Any thread of the core; only hands over. */
  private void revoked(EndCause cause) {
    shared.reaper().execute(() -> reap(cause));
  }

  /**
   * Ends the response without the plugin, on a platform thread: virtual ones may all be taken by a
   * plugin that burns.
   */
  private void reap(EndCause cause) {
    reaping.lock();
    try {
      if (!tenure.revoke("the server has ended this request")) {
        return;
      }
      log.info("{} ended by the server: {}", traceId, cause);
      client.end();
      speak(farewell.get().unstarted());
    } finally {
      reaping.unlock();
    }
    // A blocked body reader must be gone before the connection is.
    if (worker.interrupt()) {
      shared.attendant().remove(this);
      wire.cut();
    }
    wake();
  }

  /** The client cannot be served any more; any thread, never blocks. */
  private void gone(EndCause cause) {
    if (!tenure.revoke(
        cause == EndCause.CLIENT_GONE ? "the client is gone" : "the client stalls")) {
      return;
    }
    log.debug("{} {}", traceId, cause);
    client.end();
    pinned.end(cause);
    wire.cut();
  }

  @Override
  public void look(long now) {
    if (!settled) {
      settle(now);
    }
    long busy = writer.busyFor(now);
    long lost = tenure.lostFor(now);
    if (lost == 0 && busy > terms.write().toNanos()) {
      gone(EndCause.CLIENT_STALLED);
    } else if (lost != 0 && busy > FAREWELL.toNanos()) {
      wire.cut();
    }
    if (lost == 0
        && busy == 0
        && writer.silentFor(now) >= terms.keepAlive().toNanos()
        && !breaking) {
      breaking = true;
      Thread.ofVirtual().name("lip-keep-alive").start(this::breakSilence);
    }
    if (lost != 0) {
      wake();
    }
    if (lost > GRACE.toNanos() && worker.interrupt()) {
      // Nothing waits for a plugin that does not come back.
      shared.attendant().remove(this);
    }
  }

  /** What is looked at until the body is read: thousands of silent streams shall cost little. */
  private void settle(long now) {
    silenceLimit.lift();
    body.look(now);
    if (tenure.held()) {
      client.begin();
    }
    settled = !body.unread() && client.watched();
  }

  private void breakSilence() {
    try {
      writer.keepAlive();
    } catch (ExchangeEnded e) {
      log.debug("{} client gone at a keep-alive", traceId, e);
    } finally {
      breaking = false;
    }
  }

  @Override
  public void answering() {
    body.letGo();
  }

  @Override
  public void ending() {
    client.end();
    body.letGo();
  }

  @Override
  public void lost() {
    gone(EndCause.CLIENT_GONE);
  }

  @Override
  public boolean chunks() {
    return chunks;
  }

  @Override
  public boolean bodyUnread() {
    return body.unread();
  }

  @Override
  public Headers more() {
    return pinned.headers();
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Map<String, String> parameters() {
    return pinned.parameters();
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public String traceId() {
    return traceId;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public byte[] body() throws Rejected {
    return body.whole();
  }

  @Override
  public InputStream bodyStream() {
    return body.stream();
  }

  @Override
  public void respond(int status, Headers with, byte[] content) {
    writer.respond(status, with, content);
  }

  @Override
  public Records stream(int status, Headers with, byte[] keepAlive) {
    Records records = writer.prepare(status, with, keepAlive);
    client.begin();
    return records;
  }

  @Override
  public void follow(Answer answer, AnswerWriter with) {
    following = new Following(answer, with, writer, this);
  }

  @Override
  public boolean started() {
    return writer.started();
  }

  @Override
  public void lastWords(LastWords words) {
    farewell.leave(words);
  }
}
