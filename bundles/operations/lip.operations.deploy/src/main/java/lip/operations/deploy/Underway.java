package lip.operations.deploy;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PIDs whose settings Config Admin was given and that are not in force yet: it delivers on a
 * thread of its own.
 */
final class Underway {
  private static final Logger LOG = LoggerFactory.getLogger(Underway.class);
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final Set<String> pids = new TreeSet<>();

  synchronized void add(String pid) {
    pids.add(pid);
  }

  synchronized void remove(String pid) {
    pids.remove(pid);
    notifyAll();
  }

  /** Waits until there are none, but not for ever. */
  synchronized void await() {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!pids.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        LOG.warn("configuration is slow to take effect: pids={}", pids);
        return;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
