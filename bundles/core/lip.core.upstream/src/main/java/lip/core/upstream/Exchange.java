package lip.core.upstream;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The fate of one exchange. The thread that works on it arms a limit before it waits; the
 * attendant, a closer and the client's end may finish it at any time, the first one wins and cuts
 * the connection.
 */
final class Exchange {
  /** How it ended. */
  enum Ending {
    /** By close(). */
    CLOSED,
    /** By a limit of time. */
    EXPIRED,
    /** With the whole client. */
    STOPPED,
    /** By a fault of connection or peer. */
    FAILED,
    /** Properly: the connection is free. */
    DONE
  }

  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private volatile @Nullable Connection connection;
  private @Nullable Limit limit;
  // System.nanoTime() at which the armed limit is over; 0 = none. Publishes the field above.
  private volatile long deadline;

  /** Starts a limit: it runs until {@link #disarm}. */
  void arm(Limit armed) {
    if (armed.isOn()) {
      limit = armed;
      long at = System.nanoTime() + armed.duration().toNanos();
      deadline = at == 0 ? 1 : at;
    } else {
      deadline = 0;
    }
  }

  void disarm() {
    deadline = 0;
  }

  /** The limit that was armed last. */
  @Nullable Limit limit() {
    return limit;
  }

  /**
   * Ends the exchange when its limit is over.
   *
   * @return nanoseconds until then; {@code Long.MAX_VALUE} = no limit runs
   */
  long check(long now) {
    long at = deadline;
    if (at == 0) {
      return Long.MAX_VALUE;
    }
    long left = at - now;
    if (left <= 0) {
      end(Ending.EXPIRED);
    }
    return left;
  }

  /** Gives it a connection; cuts that when the exchange has ended meanwhile. */
  void attach(Connection used) {
    connection = used;
    if (ending.get() != null) {
      used.abort();
    }
  }

  /** Ends it; false = it had ended before. Any ending but DONE cuts the connection. */
  boolean end(Ending how) {
    if (!ending.compareAndSet(null, how)) {
      return false;
    }
    Connection used = connection;
    if (how != Ending.DONE && used != null) {
      used.abort();
    }
    return true;
  }

  /** How it ended; null = it runs. */
  @Nullable Ending ending() {
    return ending.get();
  }
}
