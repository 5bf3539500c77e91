package lip.core.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.gateway.EndCause;
import lip.core.gateway.PinnedExchange;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.ExchangeEnded;
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
final class LiveExchange implements Fate, Following.Host, Vigil.Host {
  /** How long the core waits for a write under way before it cuts the connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final long DRAIN_BYTES = 64L << 20;
  private static final Duration DRAIN_TIME = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(LiveExchange.class);

  private final ExecutorService reaper;
  private final PinnedExchange pinned;
  private final HttpServletRequest request;
  private final RequestHead head;
  private final Wire wire;
  private final Tenure tenure = new Tenure();
  private final Farewell farewell = new Farewell();
  private final RequestBody body;
  private final RecordWriter writer;
  private final ReentrantLock reaping = new ReentrantLock();
  private final ClientPresence client;
  private final FrontendExchange exchange;
  private final Vigil vigil;
  private final Worker worker = new Worker();

  LiveExchange(
      Shared shared,
      PinnedExchange pinned,
      HttpServletRequest request,
      HttpServletResponse response,
      RequestHead head,
      Terms terms)
      throws IOException {
    this.reaper = shared.reaper();
    this.pinned = pinned;
    this.request = request;
    this.head = head;
    this.wire = shared.wires().apply(request);
    this.body = new RequestBody(request, terms, tenure, shared.bodies());
    this.writer = new RecordWriter(response, tenure, wire, farewell, this);
    this.client = new ClientPresence(shared.watch(), wire, tenure, body, writer, this);
    this.exchange =
        new FrontendExchange(head, pinned.parameters(), body, writer, client, farewell, this);
    this.vigil =
        new Vigil(shared.attendant(), head, terms, tenure, wire, body, writer, client, this);
  }

  /**
   * Serves the request on the calling thread. When it returns the response has ended, or an
   * asynchronous one goes on.
   */
  void run() {
    vigil.begin();
    Throwable thrown = null;
    try {
      pinned.onRevoked(this::revoked);
      handle();
      Following rest = exchange.following();
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
      pinned.frontend().handle(exchange, pinned.calls());
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
      log.debug("{} was ended by the container", head.traceId(), e);
    }
  }

  @Override
  public void drained() {
    wake();
  }

  @Override
  public void wake() {
    Following carried = exchange.following();
    if (carried != null) {
      carried.wake();
    }
  }

  /** The plugin has done its part: brings the response to its end and gives everything back. */
  private void end(@Nullable Throwable thrown) {
    try {
      conclude(thrown);
    } catch (RuntimeException | Error e) {
      log.error("{} could not be ended in order", head.traceId(), e);
      wire.cut();
    } finally {
      client.end();
      pinned.close();
      body.letGo();
      body.drain(DRAIN_BYTES, DRAIN_TIME);
      // A response that the container completes while the reaper still writes it breaks.
      reaping.lock();
      try {
        vigil.end();
      } finally {
        reaping.unlock();
      }
    }
  }

  private void conclude(@Nullable Throwable thrown) {
    boolean clean = thrown == null && writer.over();
    boolean mine = tenure.revoke("the request has ended");
    if (!mine) {
      log.debug("{} came back after its end", head.traceId(), thrown);
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
      log.error("{} frontend {} failed", head.traceId(), pinned.frontendId(), cause);
      pinned.blame(cause);
    }
    ErrorReply reply =
        writer.started()
            ? farewell.get().unstarted()
            : Rendering.of(
                pinned.frontend(),
                Failure.of(FailureClass.INTERNAL, "internal error"),
                head.traceId());
    speak(reply);
  }

  /** The last words on this thread; whatever stands in the way ends with the connection. */
  private void speak(ErrorReply unstarted) {
    try {
      if (!writer.conclude(unstarted, farewell.get(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        wire.cut();
      }
    } catch (ExchangeEnded e) {
      log.debug("{} client gone before the last words", head.traceId(), e);
    } catch (InterruptedException e) {
      wire.cut();
      Thread.currentThread().interrupt();
    }
  }

  /** Any thread of the core; only hands over. */
  private void revoked(EndCause cause) {
    reaper.execute(() -> reap(cause));
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
      log.info("{} ended by the server: {}", head.traceId(), cause);
      client.end();
      speak(farewell.get().unstarted());
    } finally {
      reaping.unlock();
    }
    // A blocked body reader must be gone before the connection is.
    if (worker.interrupt()) {
      vigil.giveUp();
      wire.cut();
    }
    wake();
  }

  @Override
  public void gone(EndCause cause) {
    if (!tenure.revoke(
        cause == EndCause.CLIENT_GONE ? "the client is gone" : "the client stalls")) {
      return;
    }
    log.debug("{} {}", head.traceId(), cause);
    client.end();
    pinned.end(cause);
    wire.cut();
  }

  @Override
  public boolean interrupt() {
    return worker.interrupt();
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
    return head.chunks();
  }

  @Override
  public boolean bodyUnread() {
    return body.unread();
  }

  @Override
  public Headers more() {
    return pinned.headers();
  }
}
