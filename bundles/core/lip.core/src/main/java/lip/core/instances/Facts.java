package lip.core.instances;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lip.core.gateway.Inventory.FactView;
import lip.core.pipeline.Blame;
import lip.core.routing.Shown;
import lip.core.snapshot.Entry;
import lip.sdk.backend.Backend;
import lip.sdk.backend.Fact;

/**
 * What backends say about themselves. Each is asked on a thread of its own, all of them at once;
 * who looks waits so long and no longer. One that has not come back is not asked again until then.
 */
final class Facts {
  /** Most facts of an instance: a full pool of keys, and as much again. */
  static final int MOST = 64;

  private static final List<FactView> SLOW = List.of(new FactView("facts", "", "not told in time"));
  private static final List<FactView> FAILED =
      List.of(new FactView("facts", "", "failed, see the log"));

  private final Blame blame;
  private final Duration patience;
  private final Map<Entry<?>, Thread> asked = new ConcurrentHashMap<>();

  Facts(Blame blame, Duration patience) {
    this.blame = blame;
    this.patience = patience;
  }

  /** The facts of those that are backends and may be called. */
  Map<Live, List<FactView>> of(List<Live> instances) {
    // A task that was cancelled before its thread had its turn never left.
    asked.values().removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    Map<Live, FutureTask<List<FactView>>> tasks = new HashMap<>();
    Map<Live, List<FactView>> facts = new HashMap<>();
    for (Live live : instances) {
      Entry<?> entry = live.entry();
      if (entry.instance() instanceof Backend backend) {
        FutureTask<List<FactView>> task = new FutureTask<>(() -> ask(entry, backend));
        Thread thread = Thread.ofVirtual().name("facts of " + entry.id()).unstarted(task);
        if (asked.putIfAbsent(entry, thread) == null) {
          thread.start();
          tasks.put(live, task);
        } else {
          facts.put(live, SLOW);
        }
      }
    }
    long end = System.nanoTime() + patience.toNanos();
    tasks.forEach((live, task) -> facts.put(live, await(task, end)));
    return facts;
  }

  private List<FactView> await(FutureTask<List<FactView>> task, long end) {
    try {
      return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      return SLOW;
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return SLOW;
    } catch (ExecutionException e) {
      throw new IllegalStateException("facts could not be asked for", e.getCause());
    }
  }

  private List<FactView> ask(Entry<?> entry, Backend backend) {
    try {
      if (!entry.acquire()) {
        return List.of();
      }
      try {
        return entry.revoked() ? List.of() : bounded(backend.facts());
      } catch (Throwable e) {
        blame.on(entry, "facts", "inventory", e);
        return FAILED;
      } finally {
        entry.release();
      }
    } finally {
      asked.remove(entry);
    }
  }

  private static List<FactView> bounded(List<Fact> told) {
    List<FactView> facts = new ArrayList<>();
    for (Fact fact : told) {
      if (facts.size() == MOST) {
        break;
      }
      facts.add(
          new FactView(
              Shown.text(fact.topic()), Shown.text(fact.name()), Shown.text(fact.state())));
    }
    return List.copyOf(facts);
  }
}
