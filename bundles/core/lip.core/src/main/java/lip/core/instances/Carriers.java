package lip.core.instances;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platform threads that run virtual ones, as far as the JVM shows and changes them. */
final class Carriers {
  private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);

  private final @Nullable VirtualThreadSchedulerMXBean scheduler = scheduler();
  private volatile boolean widened;

  /** A JVM may come without it. */
  private static @Nullable VirtualThreadSchedulerMXBean scheduler() {
    try {
      return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("the scheduler of virtual threads shows nothing of itself", e);
      return null;
    }
  }

  /** Whether a new virtual thread runs within the limit. */
  boolean run(Duration limit) throws InterruptedException {
    return free() || CarrierWatch.probe(limit);
  }

  /**
   * Whether one is free and nobody waits: then no probe is needed, and an idle gateway stays idle.
   * Says nothing once the scheduler was widened: it may have room and not use it.
   */
  private boolean free() {
    VirtualThreadSchedulerMXBean seen = scheduler;
    return seen != null
        && !widened
        && seen.getQueuedVirtualThreadCount() == 0
        && seen.getMountedVirtualThreadCount() < seen.getParallelism();
  }

  /** Gives the scheduler room for so many. */
  void widen(int parallelism) {
    widened = true;
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
