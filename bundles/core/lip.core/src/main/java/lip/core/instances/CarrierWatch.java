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
 * raised step by step it stays stuck. A burning thread cannot be ended, so the alarm looks for who
 * burns, each time that it happens. Runs on a platform thread of its own.
 */
final class CarrierWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CarrierWatch.class);

  /** What helped in trials; one step there, never two. */
  static final int ROOM = 64;

  private static final Duration LATE = Duration.ofMillis(250);
  private static final Duration PERIOD = Duration.ofMillis(250);

  /** Once there is room, only many more burners can use it up, and each alarm costs something. */
  private static final Duration PERIOD_WIDENED = Duration.ofSeconds(30);

  private final Prober prober;
  private final IntConsumer widen;
  private final Alarm alarm;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("lip-carriers").unstarted(this::run);
  private boolean widened;

  /** Runs something on a virtual thread; false when it did not run in time. */
  @FunctionalInterface
  interface Prober {
    boolean ranWithin(Duration limit) throws InterruptedException;
  }

  /** Told on the thread of the watch. */
  @FunctionalInterface
  interface Alarm {
    void starved() throws InterruptedException;
  }

  /**
   * Watches.
   *
   * @param widen sets the parallelism of the virtual-thread scheduler
   * @param alarm called each time that virtual threads do not run, after the widening
   */
  CarrierWatch(Prober prober, IntConsumer widen, Alarm alarm) {
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
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(widened ? PERIOD_WIDENED : PERIOD);
        look();
      }
    } catch (InterruptedException _) {
      LOG.debug("the carrier watch ends");
    }
  }

  /** One look. A second probe tells a busy machine or a collector's pause from burnt carriers. */
  void look() throws InterruptedException {
    for (int probe = 0; probe < 2; probe++) {
      if (prober.ranWithin(LATE)) {
        return;
      }
    }
    if (!widened) {
      widened = true;
      widen.accept(ROOM);
      LOG.error("virtual threads do not run: the scheduler is widened to {} carriers", ROOM);
    }
    alarm.starved();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
