package lip.core.instances;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the start is over: all that was there serves or was refused, or has had its time. Until
 * then a request could miss a plugin that is about to serve. Safe from any thread.
 */
final class Boot {
  /** A plugin that takes longer to come up holds up nobody. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final BooleanSupplier started;
  private final BooleanSupplier settled;
  private final LongSupplier nanos;
  private long since;
  private boolean counting;
  private boolean over;

  /**
   * Wires.
   *
   * @param started whether all bundles were started
   * @param settled whether nothing is being made or published
   */
  Boot(BooleanSupplier started, BooleanSupplier settled, LongSupplier nanos) {
    this.started = started;
    this.settled = settled;
    this.nanos = nanos;
  }

  /** Once it is over it stays so. */
  synchronized boolean over() {
    if (!over && started.getAsBoolean()) {
      long now = nanos.getAsLong();
      since = counting ? since : now;
      counting = true;
      over = settled.getAsBoolean() || now - since >= PATIENCE.toNanos();
    }
    return over;
  }
}
