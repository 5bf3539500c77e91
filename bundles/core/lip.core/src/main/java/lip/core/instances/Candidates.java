package lip.core.instances;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * The kinds that are there, best first: quarantined bundles last, those that go before them, else
 * the highest version. Who was replaced stands behind the successor and where its own version
 * belongs, so that a successor which cannot be made lets nobody older in. Guarded by the lock of
 * the {@link Registry}.
 */
final class Candidates {
  /** Instead of a successor: there is none, the bundle goes. */
  static final long AT_ONCE = -1;

  private static final Comparator<Source> LOWEST =
      Comparator.<Source, Version>comparing(source -> source.origin().version())
          .thenComparingLong(source -> source.origin().bundleId());

  private final List<Source> sources = new ArrayList<>();

  // Each with its successors, which count from the moment on that they have the kind.
  private final Map<Long, Set<Long>> superseded = new HashMap<>();
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
   * Puts the kinds of a bundle behind those of its successor, each as soon as that one has it.
   *
   * @return whether that changed anything
   */
  boolean supersede(long bundleId, long successor) {
    if (!superseded.computeIfAbsent(bundleId, _ -> new HashSet<>()).add(successor)) {
      return false;
    }
    sort();
    return true;
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

  private boolean goes(Source source) {
    return successorIds(source).contains(AT_ONCE);
  }

  private Set<Long> successorIds(Source source) {
    return superseded.getOrDefault(source.origin().bundleId(), Set.of());
  }

  /** Those that have taken the place of a source. */
  private Stream<Source> successors(Source source) {
    Set<Long> ids = successorIds(source);
    return sources.stream()
        .filter(other -> ids.contains(other.origin().bundleId()))
        .filter(other -> other.pid().equals(source.pid()) && !quarantined(other) && !goes(other));
  }

  /** The lowest of a source and its successors. */
  private Source rank(Source source) {
    return Stream.concat(Stream.of(source), successors(source)).min(LOWEST).orElse(source);
  }

  private void sort() {
    // By what held before: a list that is being sorted looks empty.
    List<Source> sorted = new ArrayList<>(sources);
    sorted.sort(
        Comparator.<Source, Boolean>comparing(this::quarantined)
            .thenComparing(this::goes)
            .thenComparing(this::rank, LOWEST.reversed())
            .thenComparingLong(source -> successors(source).count())
            .thenComparing(LOWEST.reversed()));
    sources.clear();
    sources.addAll(sorted);
  }
}
