package lip.core.instances;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
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

  private static final SequencedSet<Long> NONE =
      Collections.unmodifiableSequencedSet(new LinkedHashSet<>());

  private final List<Source> sources = new ArrayList<>();

  // Each with its successors, the latest last: until one has the kind, those before it count.
  private final Map<Long, SequencedSet<Long>> superseded = new HashMap<>();
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
    SequencedSet<Long> successors =
        superseded.computeIfAbsent(bundleId, _ -> new LinkedHashSet<>());
    if (!successors.isEmpty() && successors.getLast() == successor) {
      return false;
    }
    successors.addLast(successor);
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
    return successors(source).contains(AT_ONCE);
  }

  private SequencedSet<Long> successors(Source source) {
    return superseded.getOrDefault(source.origin().bundleId(), NONE);
  }

  /** The lowest of a source and those that have taken its place. */
  private Source rank(Source source) {
    return next(source)
        .map(this::rank)
        .filter(other -> LOWEST.compare(other, source) < 0)
        .orElse(source);
  }

  /** Ends: a bundle that is deployed again is restored before, so nobody succeeds itself. */
  private Optional<Source> next(Source source) {
    return successors(source).reversed().stream()
        .flatMap(id -> ofBundle(id).stream())
        .filter(other -> other.pid().equals(source.pid()) && !quarantined(other) && !goes(other))
        .findFirst();
  }

  private int replacements(Source source) {
    return next(source).map(other -> 1 + replacements(other)).orElse(0);
  }

  private void sort() {
    // By what held before: a list that is being sorted looks empty.
    List<Source> sorted = new ArrayList<>(sources);
    sorted.sort(
        Comparator.<Source, Boolean>comparing(this::quarantined)
            .thenComparing(this::goes)
            .thenComparing(this::rank, LOWEST.reversed())
            .thenComparingInt(this::replacements)
            .thenComparing(LOWEST.reversed()));
    sources.clear();
    sources.addAll(sorted);
  }
}
