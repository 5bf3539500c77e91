package lip.core.executor;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import lip.api.event.Event;
import lip.api.event.EventOrder;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.UpstreamFailure;
import lip.core.executor.AttemptRecord.Outcome;
import lip.core.gateway.EndCause;
import lip.core.pipeline.Blame;
import lip.core.pipeline.EventChain;
import lip.core.snapshot.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The stream of one plugin, from its opening to its end: one reader, any number of closers.
 *
 * <p>The plugin is used by the owner of the attempt and by whoever is inside its code: the reader,
 * and a thread that closes. The lease goes back when the last of them has left, so a plugin's code
 * never runs without one, and then nothing here refers to the plugin any more: the frontend may
 * keep the answer, and a class loader may keep the thread, as long as they like.
 */
final class LiveAttempt {
  /** Opens the plugin's stream. */
  @FunctionalInterface
  interface Opening {
    /** Blocks until the first event is known. */
    @Nullable EventStream open() throws UpstreamFailure;
  }

  private final AttemptRecord record;
  private final Blame blame;
  private final String where;
  private final SharedEntry shared;
  private final EventOrder order = new EventOrder();
  private final AtomicReference<@Nullable EndCause> endCause = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean streamClosed = new AtomicBoolean();

  private volatile @Nullable EventStream stream;
  private volatile @Nullable Consumer<LiveAttempt> after;
  private @Nullable EventChain chain;
  private @Nullable KeptEvents kept;

  // Guarded by this: who may be interrupted, and whether that happened.
  private @Nullable Thread opener;
  private boolean interrupted;

  // The reader's.
  private @Nullable Failure broken;
  private @Nullable Usage usage;
  private boolean done;
  private boolean surfacing;

  /**
   * An attempt that owns a lease.
   *
   * @param entry the leased instance
   * @param where the call for people, in case of blame
   * @param after run once, when the last user has left: gives the lease back
   */
  LiveAttempt(
      Entry<?> entry,
      String where,
      AttemptRecord record,
      Blame blame,
      Consumer<LiveAttempt> after) {
    this.shared = new SharedEntry(entry);
    this.where = where;
    this.record = record;
    this.blame = blame;
    this.after = after;
  }

  AttemptRecord record() {
    return record;
  }

  boolean uses(Entry<?> other) {
    return shared.is(other);
  }

  boolean isClosed() {
    return closed.get();
  }

  @Nullable EndCause endCause() {
    return endCause.get();
  }

  /** Puts the stream handlers in; before anything is read. */
  void handlers(@Nullable EventChain handlers) {
    chain = handlers;
  }

  /** Counts what is kept of the answer; before anything is read. */
  void keeps(KeptEvents events) {
    kept = events;
  }

  /** From now on a failure is one that the client sees. */
  void handOver() {
    surfacing = true;
    if (kept != null) {
      kept.begin();
    }
  }

  /** Opens on the calling thread; what goes wrong is the first event. */
  void open(Opening opening) {
    Entry<?> plugin = retain();
    if (plugin == null) {
      return;
    }
    try {
      synchronized (this) {
        if (endCause.get() != null || closed.get()) {
          return;
        }
        opener = Thread.currentThread();
      }
      plugin.called();
      EventStream opened = null;
      try {
        opened = opening.open();
        if (opened == null) {
          throw new NullPointerException("the backend gave no stream");
        }
      } catch (UpstreamFailure e) {
        broken = failure(e);
      } catch (Throwable e) {
        broken = Failures.internal();
        if (!over()) {
          blame.on(plugin, where, record.context().traceId(), e);
        }
      } finally {
        synchronized (this) {
          opener = null;
          stream = opened;
          if (interrupted) {
            boolean _ = Thread.interrupted();
          }
        }
      }
      if (over()) {
        closeStream(plugin);
      }
    } finally {
      release();
    }
  }

  /**
   * The next event; a failure of any kind is the terminal one.
   *
   * @throws StreamClosed after {@link #close()}, or when nobody is left to be told
   */
  @Nullable Event next() {
    if (done) {
      return null;
    }
    Entry<?> plugin = retain();
    if (plugin == null) {
      throw new StreamClosed();
    }
    try {
      EventChain handlers = chain;
      Event event;
      if (handlers == null) {
        event = pull(plugin);
      } else {
        while ((event = handlers.poll()) == null) {
          if (handlers.ended()) {
            // Cannot be: its terminal event was polled before.
            event = new Event.Failed(Failures.internal());
            break;
          }
          handlers.accept(pull(plugin));
        }
      }
      if (kept != null && !event.terminal() && !kept.add(event)) {
        event = new Event.Failed(kept.refusal());
      }
      if (event instanceof Event.UsageReport report) {
        usage = report.usage();
      } else if (event instanceof Event.Warning(String code, String message)
          && code.equals("lost")) {
        // How a plugin says it that does not know the record.
        record.lost(message, "the backend warned of it");
      }
      return event.terminal() ? last(event, plugin) : event;
    } finally {
      release();
    }
  }

  /** Whether {@link #next()} would not wait. Runs handlers over what is there. */
  boolean ready() {
    if (done) {
      return true;
    }
    Entry<?> plugin = retain();
    if (plugin == null) {
      return false;
    }
    try {
      EventChain handlers = chain;
      if (handlers == null) {
        return streamReady(plugin);
      }
      while (!handlers.hasReady()) {
        if (!streamReady(plugin)) {
          return false;
        }
        handlers.accept(pull(plugin));
      }
      return true;
    } catch (StreamClosed e) {
      // What next() says too, without waiting.
      return true;
    } finally {
      release();
    }
  }

  /** See {@link EventStream#whenReady}. Handlers may wait for something, so with them it cannot. */
  boolean whenReady(Runnable look) {
    EventStream source = stream;
    if (chain != null || source == null || done || over()) {
      return false;
    }
    Entry<?> plugin = retain();
    if (plugin == null) {
      return false;
    }
    try {
      return source.whenReady(look);
    } catch (Throwable e) {
      blame.on(plugin, where, record.context().traceId(), e);
      return false;
    } finally {
      release();
    }
  }

  private boolean streamReady(Entry<?> plugin) {
    EventStream source = stream;
    if (source == null || broken != null || over() || plugin.revoked()) {
      return true;
    }
    try {
      return source.ready();
    } catch (Throwable e) {
      blame.on(plugin, where, record.context().traceId(), e);
      return false;
    }
  }

  /** The next event of the plugin, in legal order; a failure as its event. */
  private Event pull(Entry<?> plugin) {
    if (over()) {
      return over(plugin);
    }
    EventStream source = stream;
    if (source == null || broken != null) {
      return new Event.Failed(broken == null ? Failures.truncated() : broken);
    }
    if (plugin.revoked()) {
      return new Event.Failed(Failures.of(EndCause.DRAIN));
    }
    Event event;
    try {
      event = source.next();
    } catch (UpstreamFailure e) {
      return over() ? over(plugin) : new Event.Failed(failure(e));
    } catch (StreamClosed e) {
      return over() ? over(plugin) : new Event.Failed(Failures.truncated());
    } catch (Throwable e) {
      if (over()) {
        return over(plugin);
      }
      blame.on(plugin, where, record.context().traceId(), e);
      return new Event.Failed(Failures.internal());
    }
    if (over()) {
      return over(plugin);
    }
    if (event == null) {
      return new Event.Failed(Failures.truncated());
    }
    try {
      order.accept(event);
    } catch (IllegalStateException e) {
      blame.on(plugin, where, record.context().traceId(), e);
      return new Event.Failed(Failures.internal());
    }
    return event;
  }

  private boolean over() {
    return endCause.get() != null || closed.get();
  }

  private Event over(Entry<?> plugin) {
    EndCause cause = endCause.get();
    if (cause == null || Failures.silent(cause)) {
      throw new StreamClosed();
    }
    closeStream(plugin);
    return new Event.Failed(Failures.of(cause));
  }

  private static Failure failure(UpstreamFailure thrown) {
    return thrown.failure() == null ? Failures.internal() : thrown.failure();
  }

  private Event last(Event event, Entry<?> plugin) {
    done = true;
    closeStream(plugin);
    if (!(event instanceof Event.Failed(Failure failure))) {
      record.ended(Outcome.SUCCESS, null, usage);
      return event;
    }
    if (!surfacing) {
      return event;
    }
    record.ended(Outcome.SURFACED_FAILURE, failure, usage);
    return failure.recoverable()
        ? new Event.Failed(failure.toBuilder().recoverable(false).build())
        : event;
  }

  /** Ends what the reader waits for; the reader learns why. Any thread, never blocks. */
  void end(EndCause cause) {
    if (endCause.compareAndSet(null, cause)) {
      Entry<?> plugin = interruptOrRetain();
      if (plugin != null) {
        // Closing is plugin code: not on the thread of a timer or of the reaper.
        Thread.ofVirtual().name("lip-close").start(new Closing(this, plugin));
      }
    }
  }

  /** Gives up. Any thread, idempotent. */
  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      Entry<?> plugin = interruptOrRetain();
      if (plugin != null) {
        try {
          closeStream(plugin);
        } finally {
          release();
        }
      }
      EndCause cause = endCause.get();
      record.ended(Outcome.CANCELLED, cause == null ? null : Failures.of(cause), usage);
    } finally {
      release();
    }
  }

  /**
   * A thread that waits in the opening is interrupted: there is no stream yet that could be closed.
   */
  private synchronized @Nullable Entry<?> interruptOrRetain() {
    Thread waiting = opener;
    if (waiting != null && waiting != Thread.currentThread()) {
      interrupted = true;
      waiting.interrupt();
      return null;
    }
    return stream == null || streamClosed.get() ? null : retain(true);
  }

  private void closeStream(Entry<?> plugin) {
    EventStream source = stream;
    if (source == null || !streamClosed.compareAndSet(false, true)) {
      return;
    }
    try {
      source.close();
    } catch (Throwable e) {
      blame.on(plugin, where + " close", record.context().traceId(), e);
    }
  }

  private @Nullable Entry<?> retain() {
    return retain(false);
  }

  private @Nullable Entry<?> retain(boolean closing) {
    return !closing && closed.get() ? null : shared.enter();
  }

  private void release() {
    if (!shared.leave()) {
      return;
    }
    Consumer<LiveAttempt> last = after;
    stream = null;
    after = null;
    if (chain != null) {
      chain.close();
      chain = null;
    }
    if (last != null) {
      last.accept(this);
    }
  }

  /** Forgets what it refers to when it has run: a class loader may keep its thread. */
  private static final class Closing implements Runnable {
    private @Nullable LiveAttempt attempt;
    private @Nullable Entry<?> plugin;

    Closing(LiveAttempt attempt, Entry<?> plugin) {
      this.attempt = attempt;
      this.plugin = plugin;
    }

    @Override
    public void run() {
      LiveAttempt closing = attempt;
      Entry<?> with = plugin;
      attempt = null;
      plugin = null;
      if (closing != null && with != null) {
        try {
          closing.closeStream(with);
        } finally {
          closing.release();
        }
      }
    }
  }
}
