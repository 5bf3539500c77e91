package lip.core.gateway;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that all exchanges together hold at once. What is held and what is made of it take several
 * times its size of the heap; without a bound some dozens of large ones would take all of it. Any
 * thread.
 */
public final class HeldBytes {
  private static final Logger LOG = LoggerFactory.getLogger(HeldBytes.class);
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong held = new AtomicLong();
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
  private final String refusal;

  /**
   * Nothing held yet.
   *
   * @param refusal line of the log when there is no room, with two places: bytes held, and the
   *     bound
   */
  public HeldBytes(String refusal) {
    this.refusal = refusal;
  }

  /** Takes room for bytes; false = there is not so much left. */
  public boolean take(long bytes, long most) {
    long now = held.addAndGet(bytes);
    if (now <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    tell(now - bytes, most);
    return false;
  }

  /** Once a minute: a flood shall not become one of lines. */
  private void tell(long already, long most) {
    long until = quietUntil.get();
    long now = System.nanoTime();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + PAUSE)) {
      LOG.warn(refusal, already, most);
    }
  }

  /** Gives room back. */
  public void give(long bytes) {
    held.addAndGet(-bytes);
  }

  /** Bytes held now. */
  public long held() {
    return held.get();
  }
}
