package lip.core.instances;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread per instance key that has work: a kind that takes its time holds up its own
 * instance only.
 */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** Work in progress on a key. */
  private static final class Work {
    private boolean again;
    private @Nullable Thread thread;
  }

  private final Map<InstanceKey, Work> running = new HashMap<>();
  private final Consumer<InstanceKey> action;
  private final Runnable idle;

  /** Runs {@code idle} each time a key has no work left. */
  Workers(Consumer<InstanceKey> action, Runnable idle) {
    this.action = action;
    this.idle = idle;
  }

  /** Runs the action for a key; when it runs already, once more afterwards. */
  synchronized void submit(InstanceKey key) {
    Work work = running.get(key);
    if (work != null) {
      work.again = true;
      return;
    }
    Work fresh = new Work();
    running.put(key, fresh);
    fresh.thread = Thread.ofVirtual().name("lip-instance-" + key).start(() -> run(key, fresh));
  }

  private void run(InstanceKey key, Work work) {
    do {
      try {
        action.accept(key);
      } catch (RuntimeException | Error e) {
        // Plugin code is isolated inside; this is a defect of ours, and the next change must still
        // be seen.
        LOG.error("instance could not be reconciled: instance={}", key, e);
      }
    } while (more(key, work));
    idle.run();
  }

  private synchronized boolean more(InstanceKey key, Work work) {
    if (work.again) {
      work.again = false;
      return true;
    }
    running.remove(key);
    notifyAll();
    return false;
  }

  /** The threads of now. */
  synchronized List<Thread> threads() {
    return running.values().stream().map(work -> work.thread).filter(Objects::nonNull).toList();
  }

  /** Whether a key that matches has work. */
  synchronized boolean busy(Predicate<InstanceKey> which) {
    return running.keySet().stream().anyMatch(which);
  }

  /** Waits until no matching key has work; false at the limit. */
  synchronized boolean awaitIdle(Predicate<InstanceKey> which, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (busy(which)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
