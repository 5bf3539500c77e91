package lip.core.snapshot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One plugin instance and the leases on it.
 *
 * <p>The order of steps makes the race between a new request and a departure harmless: {@code
 * acquire} counts first and then looks whether the entry is retired; {@code retire} sets the mark
 * first and then looks at the count. So either the request sees the mark and gives up, or the
 * departure sees the count and waits.
 *
 * @param <T> what the instance is
 */
public final class Entry<T extends AutoCloseable> {
  private final Family family;
  private final String id;
  private final String kind;
  private final int order;
  private final T instance;
  private final AtomicInteger leases = new AtomicInteger();
  private final LongAdder calls = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean retired;
  private volatile boolean revoked;

  /** An entry that nobody has leased yet. */
  public Entry(Family family, String id, String kind, int order, T instance) {
    this.family = family;
    this.id = id;
    this.kind = kind;
    this.order = order;
    this.instance = instance;
  }

  /** Family. */
  public Family family() {
    return family;
  }

  /** Instance id. */
  public String id() {
    return id;
  }

  /** Kind id. */
  public String kind() {
    return kind;
  }

  /** Position among its family. */
  public int order() {
    return order;
  }

  /** The plugin's object. Call it only while holding a lease and not revoked. */
  public T instance() {
    return instance;
  }

  /** Takes a lease; false when the entry is retired, then look at the next snapshot. */
  public boolean acquire() {
    if (!Leases.ENABLED) {
      return !retired;
    }
    if (!Leases.CHECKED && retired) {
      return false;
    }
    leases.incrementAndGet();
    if (!Leases.CHECKED || !retired) {
      return true;
    }
    release();
    return false;
  }

  /** Gives a lease back. */
  public void release() {
    // The second look at the count: between the decrement and the look at the mark another request
    // may have taken a lease and the
    // entry may have been retired; then that one drains it.
    if (Leases.ENABLED && leases.decrementAndGet() == 0 && retired && leases.get() == 0) {
      drained.countDown();
    }
  }

  /** No new lease from now on. */
  public void retire() {
    retired = true;
    if (leases.get() == 0) {
      drained.countDown();
    }
  }

  /** Waits until a retired entry has no lease; false when it still has at the limit. */
  public boolean awaitDrained(Duration limit) throws InterruptedException {
    return drained.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The plugin must not be called any more, whoever holds a lease. */
  public void revoke() {
    revoked = true;
  }

  /** Whether the entry takes no new lease. */
  public boolean retired() {
    return retired;
  }

  /** Whether the plugin must not be called any more. */
  public boolean revoked() {
    return revoked;
  }

  /** Leases held now. */
  public int leases() {
    return leases.get();
  }

  /** Counts a call. */
  public void called() {
    calls.increment();
  }

  /** Counts an error of the plugin. */
  public void failed() {
    errors.increment();
  }

  /** Calls so far. */
  public long calls() {
    return calls.sum();
  }

  /** Errors so far. */
  public long errors() {
    return errors.sum();
  }

  /** For logs. */
  @Override
  public String toString() {
    return family.id() + "/" + id + (retired ? " retired" : "") + (revoked ? " revoked" : "");
  }
}
