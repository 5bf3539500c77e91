package lip.core.instances;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether virtual threads still get a carrier. Plugin code that burns CPU never yields its
 * carrier; when a probe does not run in time, the scheduler gets room for many more in one jump:
 * raised step by step it stays stuck. A burning thread cannot be ended, so the operator is told
 * that a restart is due. Runs on a platform thread of its own.
 */
final class CarrierWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CarrierWatch.class);

  /** What helped in trials; one step there, never two. */
  static final int ROOM = 64;

  private static final Duration LATE = Duration.ofMillis(250);
  private static final Duration PERIOD = Duration.ofMillis(250);

  private final Prober prober;
  private final IntConsumer widen;
  private final Runnable alarm;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("lip-carriers").unstarted(this::run);
  private boolean widened;

  /** Runs something on a virtual thread; false when it did not run in time. */
  @FunctionalInterface
  interface Prober {
    boolean ranWithin(Duration limit) throws InterruptedException;
  }

  /**
   * Watches.
   *
   * @param widen sets the parallelism of the virtual-thread scheduler
   * @param alarm called once, when that was needed
   */
  CarrierWatch(Prober prober, IntConsumer widen, Runnable alarm) {
    this.prober = prober;
    this.widen = widen;
    this.alarm = alarm;
  }

  void start() {
    thread.start();
  }

  /** The real probe. */
  static boolean probe(Duration limit) throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    Thread.ofVirtual().name("lip-probe").start(ran::countDown);
    return ran.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    try {
      while (!widened) {
        Thread.sleep(PERIOD);
        look();
      }
    } catch (InterruptedException _) {
      LOG.debug("the carrier watch ends");
    }
  }

  /** One look. A second probe tells a busy machine or a collector's pause from burnt carriers. */
  void look() throws InterruptedException {
    if (widened || prober.ranWithin(LATE) || prober.ranWithin(LATE)) {
      return;
    }
    widened = true;
    LOG.error(
        "virtual threads do not run: plugin code burns CPU without end; the scheduler is widened to"
            + " {} carriers, a restart is needed to get the lost cores back",
        ROOM);
    widen.accept(ROOM);
    alarm.run();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
