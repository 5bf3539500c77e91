package lip.core.instances;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lip.core.gateway.Inventory.Problem;
import org.jspecify.annotations.Nullable;

/** Things that are not in force and have no instance to say so, by subject. Bounded. */
final class Problems {
  private static final int MOST = 1000;

  private final Map<String, Problem> bySubject = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> putBack = new ConcurrentHashMap<>();
  private final InstantSource clock;

  Problems(InstantSource clock) {
    this.clock = clock;
  }

  void add(String subject, String reason) {
    if (bySubject.size() < MOST || bySubject.containsKey(subject)) {
      bySubject.put(subject, new Problem(subject, reason, clock.instant()));
    }
  }

  void remove(String subject) {
    bySubject.remove(subject);
    putBack.remove(subject);
  }

  /** A configuration is gone; what was said about one that the core itself deleted stays. */
  void gone(String subject) {
    if (!putBack.containsKey(subject)) {
      bySubject.remove(subject);
    }
  }

  /** A change was refused; what it was put back to says nothing against it. */
  void putBack(Configured refused, @Nullable Configured lastGood, String reason) {
    add(
        refused.pid(),
        (lastGood == null ? "refused and deleted again: " : "a change was refused and put back: ")
            + reason);
    putBack.put(refused.pid(), lastGood == null ? Map.of() : lastGood.texts());
  }

  /** A configuration is in force: unless it is the one that was put back, all is well again. */
  void accepted(Configured configuration) {
    if (!configuration.texts().equals(putBack.get(configuration.pid()))) {
      remove(configuration.pid());
    }
  }

  List<Problem> all() {
    return List.copyOf(bySubject.values());
  }
}
