package lip.core.http;

import java.util.concurrent.atomic.AtomicReference;
import lip.sdk.frontend.ExchangeEnded;

/** Who may still write to a response: the plugin, until the core takes the right away for good. */
final class Tenure {
  private static final String HELD = "";

  /** Empty while the plugin holds it, else why it does not any more. */
  private final AtomicReference<String> lost = new AtomicReference<>(HELD);

  /** By the clock of nanoseconds; 0 = not lost. */
  private volatile long lostAt;

  /** Throws unless the plugin may write. */
  void check() {
    String reason = lost.get();
    if (!reason.isEmpty()) {
      throw new ExchangeEnded(reason);
    }
  }

  boolean held() {
    return lost.get().isEmpty();
  }

  /** Takes the right away; whether this call did it. */
  boolean revoke(String reason) {
    if (!lost.compareAndSet(HELD, reason)) {
      return false;
    }
    long now = System.nanoTime();
    lostAt = now == 0 ? 1 : now;
    return true;
  }

  /** Nanoseconds since the right was taken away; 0 = it was not. */
  long lostFor(long now) {
    long at = lostAt;
    return at == 0 ? 0 : Math.max(1, now - at);
  }
}
