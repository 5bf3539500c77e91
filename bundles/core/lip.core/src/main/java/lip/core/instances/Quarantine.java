package lip.core.instances;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when virtual threads get no carrier: the operator is told, the plugin that burns CPU
 * is named, and no new request reaches it. Its running requests go on; a burning thread cannot be
 * ended.
 */
final class Quarantine implements CarrierWatch.Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

  private final Burners burners;
  private final Registry registry;
  private final Problems problems;
  private final int cores;
  private Map<String, String> said = Map.of();

  Quarantine(Burners burners, Registry registry, Problems problems, int cores) {
    this.burners = burners;
    this.registry = registry;
    this.problems = problems;
    this.cores = cores;
  }

  @Override
  public boolean starved() throws InterruptedException {
    Map<String, Integer> burning;
    try {
      burning = burners.find();
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the plugin that burns CPU cannot be found out", e);
      burning = Map.of();
    }
    if (burning.isEmpty()) {
      problems.add("process", "virtual threads did not run in time: code burnt CPU or blocked");
      return false;
    }
    problems.remove("process");
    Map<String, String> reasons = new TreeMap<>();
    burning.forEach((bundle, threads) -> {
      String reason =
          bundle + " burns CPU: restart needed, " + Math.min(threads, cores) + " cores lost";
      reasons.put(bundle, reason);
      if (!reason.equals(said.get(bundle))) {
        LOG.error("{}; quarantined: threads={}", reason, threads);
        problems.add(bundle, reason);
      }
      suspects(bundle).forEach(registry::quarantine);
    });
    said = reasons;
    return true;
  }

  /**
   * The bundles behind a name. A stack does not tell the versions of a plugin apart: it is one that
   * requests hold, if any.
   */
  private Set<Long> suspects(String bundle) {
    Set<Long> held = bundles(bundle, true);
    return held.isEmpty() ? bundles(bundle, false) : held;
  }

  private Set<Long> bundles(String bundle, boolean held) {
    return registry.state().sources().stream()
        .filter(source -> source.origin().symbolicName().equals(bundle))
        .filter(
            source -> !held || source.alive().stream().anyMatch(live -> live.entry().leases() > 0))
        .map(source -> source.origin().bundleId())
        .collect(Collectors.toSet());
  }
}
