package lip.core.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of request bodies that are held at once. A body and what is made of it take several
 * times its size of the heap until the answer begins; without a bound a few hundred large requests
 * at once would take all of it. Any thread.
 */
final class BodyBudget {
  private static final Logger log = LoggerFactory.getLogger(BodyBudget.class);
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong held = new AtomicLong();
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  /** Takes room for bytes; false = there is not so much left. */
  boolean take(long bytes, long most) {
    long now = held.addAndGet(bytes);
    if (now <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    tell(now - bytes, most);
    return false;
  }

  /** Once a minute: a flood of requests shall not become one of lines. */
  private void tell(long already, long most) {
    long until = quietUntil.get();
    long now = System.nanoTime();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + PAUSE)) {
      log.warn(
          "requests are refused with 429: {} of {} bytes of request bodies wait for their answers"
              + " (max.inflight.decode.bytes)",
          already,
          most);
    }
  }

  /** Gives room back. */
  void give(long bytes) {
    held.addAndGet(-bytes);
  }

  /** Bytes held now. */
  long held() {
    return held.get();
  }
}
