package lip.core.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;

/**
 * Room for what providers say and we must keep for a while: an event that is still arriving, an
 * answer that is collected for a client that does not stream. A service; any thread.
 */
public final class AnswerRoom {
  /** What every answer may hold without being counted: nearly all hold less. */
  public static final int FREE = 64 * 1024;

  private static final Duration SOON = Duration.ofSeconds(1);

  private final HeldBytes all =
      new HeldBytes(
          "answers are broken off: {} of {} bytes of providers' answers are held"
              + " (max.inflight.answer.bytes)");
  private final LongSupplier most;

  /**
   * Room for all answers together.
   *
   * @param most bytes, asked at each use
   */
  public AnswerRoom(LongSupplier most) {
    this.most = most;
  }

  /** Room without a bound. */
  public static AnswerRoom unbounded() {
    return new AnswerRoom(() -> Long.MAX_VALUE);
  }

  /** The part of one answer. */
  public Share share() {
    return new Share();
  }

  /** Bytes held now by all answers, without what is free. */
  public long held() {
    return all.held();
  }

  /** What one answer holds. One thread says how much, any closes. */
  public final class Share implements AutoCloseable {
    private volatile long taken;
    // Guarded by this.
    private boolean closed;

    private Share() {}

    /**
     * Says how many bytes are held from now on, in all.
     *
     * @return false when there is no room for so many; then as many are counted as before
     */
    public boolean holds(long bytes) {
      long counted = bytes <= FREE ? 0 : bytes;
      return counted == taken || change(counted);
    }

    /** Whether it holds more than every answer may. */
    public boolean counts() {
      return taken > 0;
    }

    /** Why the answer does not go on when there is no room; another provider would not help. */
    public Failure refusal() {
      return Failure.builder(
              FailureClass.OVERLOADED,
              "this answer and the others that are held at once have more than "
                  + most.getAsLong()
                  + " bytes (max.inflight.answer.bytes)")
          .retryAfter(SOON)
          .build();
    }

    private synchronized boolean change(long counted) {
      if (closed) {
        return true;
      }
      long more = counted - taken;
      if (more > 0 && !all.take(more, most.getAsLong())) {
        return false;
      }
      if (more < 0) {
        all.give(-more);
      }
      taken = counted;
      return true;
    }

    /** Nothing is held any more. Idempotent. */
    @Override
    public synchronized void close() {
      closed = true;
      all.give(taken);
      taken = 0;
    }
  }
}
