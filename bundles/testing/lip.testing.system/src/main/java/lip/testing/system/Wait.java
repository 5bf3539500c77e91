package lip.testing.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions of another process, which can only be asked again and again. */
public final class Wait {
  private static final long STEP_NANOS = 20_000_000;

  private Wait() {}

  /** Waits; returns the milliseconds it took. */
  public static long until(
      String what, Duration limit, BooleanSupplier condition, Supplier<String> evidence) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new IllegalStateException(
            "not within " + limit.toSeconds() + " s: " + what + "\n" + evidence.get());
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Pauses until a moment of {@link System#nanoTime()}. */
  public static void untilNanos(long moment) {
    for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
