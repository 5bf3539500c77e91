package lip.testing.benchmarks.load;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/** Wakes the selector at each moment of an open loop; a selector's own timeout is too coarse. */
final class Ticker {
  private static final long SPUN = 70_000;

  private final Selector selector;
  private final long start;
  private final long period;
  private final int total;

  Ticker(Selector selector, long start, long period, int total) {
    this.selector = selector;
    this.start = start;
    this.period = period;
    this.total = total;
  }

  void run() {
    for (int i = 0; i < total; i++) {
      long moment = start + i * period;
      for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
        if (left > SPUN) {
          LockSupport.parkNanos(left - SPUN);
        } else {
          Thread.onSpinWait();
        }
      }
      selector.wakeup();
    }
  }
}
