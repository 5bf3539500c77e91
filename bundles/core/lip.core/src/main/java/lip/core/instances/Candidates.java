package lip.core.instances;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kinds that are there, best first: quarantined bundles last, superseded ones before them, else
 * the highest version. Guarded by the lock of the {@link Registry}.
 */
final class Candidates {
  /** Instead of a successor: there is none, the bundle goes. */
  static final long AT_ONCE = -1;

  private final List<Source> sources = new ArrayList<>();

  // Each with its successor.
  private final Map<Long, Long> superseded = new HashMap<>();
  private final Set<Long> quarantined = new HashSet<>();

  void add(Source source) {
    sources.add(source);
    sort();
  }

  boolean remove(Source source) {
    boolean removed = sources.remove(source);
    // Whom it has superseded is preferred again.
    sort();
    return removed;
  }

  boolean contains(Source source) {
    return sources.contains(source);
  }

  /**
   * Puts the kinds of a bundle behind the others, each as soon as the successor has it.
   *
   * @return whether that changed anything
   */
  boolean supersede(long bundleId, long successor) {
    Long before = superseded.put(bundleId, successor);
    sort();
    return before == null || before != successor;
  }

  /** Whether that changed anything. */
  boolean restore(long bundleId) {
    boolean changed = superseded.remove(bundleId) != null;
    sort();
    return changed;
  }

  /** Whether that changed anything. */
  boolean quarantine(long bundleId) {
    boolean changed = quarantined.add(bundleId);
    if (changed) {
      sort();
    }
    return changed;
  }

  boolean quarantined(Source source) {
    return quarantined.contains(source.origin().bundleId());
  }

  List<Source> all() {
    return List.copyOf(sources);
  }

  List<Source> ofPid(String pid) {
    return sources.stream().filter(source -> source.pid().equals(pid)).toList();
  }

  List<Source> ofBundle(long bundleId) {
    return sources.stream().filter(source -> source.origin().bundleId() == bundleId).toList();
  }

  List<String> pidsOfBundle(long bundleId) {
    return ofBundle(bundleId).stream().map(Source::pid).distinct().toList();
  }

  /** What was said about bundles that have no kind any more is over. */
  void forget(Collection<Source> gone) {
    for (Source source : gone) {
      long bundleId = source.origin().bundleId();
      if (ofBundle(bundleId).isEmpty()) {
        superseded.remove(bundleId);
        quarantined.remove(bundleId);
      }
    }
  }

  Set<Long> superseded() {
    return Set.copyOf(superseded.keySet());
  }

  Set<Long> quarantined() {
    return Set.copyOf(quarantined);
  }

  private boolean gaveWay(Source source) {
    Long successor = superseded.get(source.origin().bundleId());
    return successor != null
        && (successor == AT_ONCE
            || ofBundle(successor).stream().anyMatch(other -> other.pid().equals(source.pid())));
  }

  private void sort() {
    sources.sort(
        Comparator.<Source, Boolean>comparing(this::quarantined)
            .thenComparing(this::gaveWay)
            .thenComparing(s -> s.origin().version(), Comparator.reverseOrder())
            .thenComparing(s -> s.origin().bundleId(), Comparator.reverseOrder()));
  }
}
