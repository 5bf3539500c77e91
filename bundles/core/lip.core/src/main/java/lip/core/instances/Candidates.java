package lip.core.instances;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The kinds that are there, best first: quarantined bundles last, superseded ones before them, else
 * the highest version. Guarded by the lock of the {@link Registry}.
 */
final class Candidates {
  private final List<Source> sources = new ArrayList<>();
  private final Set<Long> superseded = new HashSet<>();
  private final Set<Long> quarantined = new HashSet<>();

  void add(Source source) {
    sources.add(source);
    sort();
  }

  boolean remove(Source source) {
    return sources.remove(source);
  }

  boolean contains(Source source) {
    return sources.contains(source);
  }

  /** Whether that changed anything. */
  boolean supersede(long bundleId, boolean so) {
    boolean changed = so ? superseded.add(bundleId) : superseded.remove(bundleId);
    if (changed) {
      sort();
    }
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
    return Set.copyOf(superseded);
  }

  Set<Long> quarantined() {
    return Set.copyOf(quarantined);
  }

  private void sort() {
    sources.sort(
        Comparator.<Source, Boolean>comparing(this::quarantined)
            .thenComparing(s -> superseded.contains(s.origin().bundleId()))
            .thenComparing(s -> s.origin().version(), Comparator.reverseOrder())
            .thenComparing(s -> s.origin().bundleId(), Comparator.reverseOrder()));
  }
}
