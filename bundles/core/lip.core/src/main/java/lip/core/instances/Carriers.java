package lip.core.instances;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platform threads that run virtual ones, as far as the JVM shows and changes them. */
final class Carriers implements CarrierWatch.Room {
  private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);

  private static final Duration STEP = Duration.ofMillis(10);

  private final @Nullable VirtualThreadSchedulerMXBean scheduler;
  private final Supplier<CountDownLatch> probe;
  private final int parallelism;
  private volatile boolean widened;

  Carriers() {
    this(scheduler(), CarrierWatch::probe);
  }

  /**
   * For tests.
   *
   * @param probe starts a virtual thread, which counts down
   */
  Carriers(@Nullable VirtualThreadSchedulerMXBean scheduler, Supplier<CountDownLatch> probe) {
    this.scheduler = scheduler;
    this.probe = probe;
    this.parallelism = scheduler == null ? 0 : scheduler.getParallelism();
  }

  /** A JVM may come without it. */
  private static @Nullable VirtualThreadSchedulerMXBean scheduler() {
    try {
      return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("the scheduler of virtual threads shows nothing of itself", e);
      return null;
    }
  }

  /**
   * Whether virtual threads run: within the limit a new one did, or some of those that waited. On a
   * machine with more work than it can do a new one may wait long behind others; when all carriers
   * burn, nobody's turn comes.
   */
  boolean run(Duration limit) throws InterruptedException {
    if (free()) {
      return true;
    }
    CountDownLatch ran = probe.get();
    long end = System.nanoTime() + limit.toNanos();
    long waiting = waiting();
    while (!ran.await(STEP.toNanos(), TimeUnit.NANOSECONDS)) {
      long now = waiting();
      if (now < waiting) {
        return true;
      }
      waiting = now;
      if (System.nanoTime() - end >= 0) {
        return false;
      }
    }
    return true;
  }

  /** What tells by itself; not once it was widened: it may have room and not use it. */
  private @Nullable VirtualThreadSchedulerMXBean seen() {
    return widened ? null : scheduler;
  }

  /** How many wait for their turn, as far as that is seen. */
  private long waiting() {
    VirtualThreadSchedulerMXBean seen = seen();
    return seen == null ? 0 : seen.getQueuedVirtualThreadCount();
  }

  /**
   * Whether one is free and nobody waits: then no probe is needed, and an idle gateway stays idle.
   */
  private boolean free() {
    VirtualThreadSchedulerMXBean seen = seen();
    return seen != null
        && seen.getQueuedVirtualThreadCount() == 0
        && seen.getMountedVirtualThreadCount() < seen.getParallelism();
  }

  @Override
  public void widen(int parallelism) {
    widened = true;
    set(parallelism);
  }

  @Override
  public boolean restore() {
    if (scheduler == null || scheduler.getMountedVirtualThreadCount() >= parallelism) {
      return false;
    }
    set(parallelism);
    widened = false;
    return true;
  }

  private void set(int parallelism) {
    try {
      VirtualThreadSchedulerMXBean changed = scheduler;
      if (changed == null) {
        LOG.error("the scheduler of virtual threads cannot be widened");
      } else {
        changed.setParallelism(parallelism);
      }
    } catch (RuntimeException e) {
      LOG.error("the scheduler of virtual threads cannot be widened", e);
    }
  }
}
