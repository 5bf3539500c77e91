package lip.core.instances;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lip.core.gateway.ConfigurationCheck.Finding;
import org.jspecify.annotations.Nullable;

/**
 * Checks run plugin code, which may take its time; who asks waits so long and no longer. A check
 * that does not come back is interrupted; until it ends, no other one of its PID is begun.
 */
final class Patience {
  private final Duration most;
  private final Map<String, Thread> stuck = new ConcurrentHashMap<>();

  Patience(Duration most) {
    this.most = most;
  }

  /** The findings of a check, or the one that they are not known. */
  List<Finding> check(String pid, @Nullable String file, Callable<List<Finding>> work) {
    Thread before = stuck.get(pid);
    if (before != null && before.isAlive()) {
      return List.of(unknown(file));
    }
    stuck.remove(pid);
    FutureTask<List<Finding>> task = new FutureTask<>(work);
    Thread thread = Thread.ofVirtual().name("lip-check-" + pid).start(task);
    try {
      return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      leave(pid, thread);
      return List.of(unknown(file));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leave(pid, thread);
      return List.of(new Finding(false, file, null, null, "the check was interrupted", null));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the check of " + pid + " failed", e.getCause());
    }
  }

  private void leave(String pid, Thread thread) {
    stuck.put(pid, thread);
    thread.interrupt();
  }

  private Finding unknown(@Nullable String file) {
    String reason = "create takes longer than " + most.toSeconds() + " s; not waited for";
    return new Finding(false, file, null, null, reason, null);
  }
}
