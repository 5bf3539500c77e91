package lip.core.instances;

import java.time.Duration;
import java.util.function.Supplier;
import lip.core.gateway.EndCause;
import lip.core.snapshot.OpenHolders;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework begins to stop: this listener is called before any start level drops, whoever asked
 * for the stop. No request is admitted any more; the running ones get one common deadline while
 * every bundle still works; afterwards nobody waits.
 */
final class FrameworkStop implements SynchronousBundleListener {
  private static final Logger LOG = LoggerFactory.getLogger(FrameworkStop.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final Duration STEP = Duration.ofMillis(20);

  private final RuntimeState state;
  private final Drains drains;
  private final Supplier<Duration> bound;

  FrameworkStop(RuntimeState state, Drains drains, Supplier<Duration> bound) {
    this.state = state;
    this.drains = drains;
    this.bound = bound;
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
      stop();
    }
  }

  /** Waits for the running requests. */
  void stop() {
    if (state.stopping()) {
      return;
    }
    state.stop();
    OpenHolders open = state.holders();
    LOG.info("stopping: open={} deadline={}", open.size(), bound.get());
    try {
      if (!await(open, bound.get())) {
        int ended = open.revokeAll(EndCause.SHUTDOWN);
        LOG.warn("stop deadline passed: ended={}", ended);
        boolean gone = await(open, LAST_WORDS);
        LOG.info("after the last words: open={} all.ended={}", open.size(), gone);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drains.hurry();
    }
  }

  private static boolean await(OpenHolders open, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (open.size() > 0) {
      if (System.nanoTime() >= end) {
        return false;
      }
      Thread.sleep(STEP);
    }
    return true;
  }
}
