package lip.testing.kit;

import java.util.concurrent.atomic.AtomicLong;
import lip.sdk.Ids;

/**
 * Ids that count up from 1 in the form real ones have: the prefix and 32 hexadecimal digits. Any
 * thread.
 */
public final class CountingIds implements Ids {
  private final AtomicLong last = new AtomicLong();

  @Override
  public String next(String prefix) {
    return id(prefix, last.incrementAndGet());
  }

  /** The id that the n-th call of {@link #next} returns, if it is made with this prefix. */
  public static String id(String prefix, long n) {
    return "%s%032x".formatted(prefix, n);
  }
}
