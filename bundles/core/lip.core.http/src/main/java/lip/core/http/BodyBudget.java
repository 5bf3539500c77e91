package lip.core.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of request bodies that are held at once. A body and what is made of it take about three
 * times its size of the heap until the answer begins; without a bound a few hundred large requests
 * at once would take all of it. Any thread.
 */
final class BodyBudget {
  private final AtomicLong held = new AtomicLong();

  /** Takes room for bytes; false = there is not so much left. */
  boolean take(long bytes, long most) {
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
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
