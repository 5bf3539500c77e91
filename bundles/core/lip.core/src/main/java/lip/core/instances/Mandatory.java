package lip.core.instances;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lip.core.gateway.Inventory.Problem;
import lip.core.snapshot.Family;

/**
 * What must be live. Without a setting: the frontends of the installed feature sets, that is of the
 * bundles which the launcher installed and whose manifests promise one. A frontend's id is learned
 * when its kind arrives, and kept after the kind has left; a bundle whose kind never came is named
 * by its symbolic name. A frontend that the operator disabled is not missed. Live means that
 * requests meet it, so the listener opens only when the snapshot has what is mandatory.
 */
final class Mandatory {
  /** The setting's word for nothing at all. */
  static final String NOTHING = "none";

  /** A bundle of a feature set that promises a frontend. */
  record Promise(long bundleId, String symbolicName) {}

  private final Supplier<List<String>> configured;
  private final Supplier<List<Promise>> promises;
  private final Supplier<Registry.State> state;
  private final Supplier<Edition> edition;
  private final InstantSource clock;
  private final Map<Long, Set<String>> seen = new ConcurrentHashMap<>();
  private final Map<String, Problem> lacking = new ConcurrentHashMap<>();

  /**
   * Wires.
   *
   * @param configured {@code family/id}; empty = the default
   * @param promises bundles that are installed now
   * @param edition what requests meet
   */
  Mandatory(
      Supplier<List<String>> configured,
      Supplier<List<Promise>> promises,
      Supplier<Registry.State> state,
      Supplier<Edition> edition,
      InstantSource clock) {
    this.configured = configured;
    this.promises = promises;
    this.state = state;
    this.edition = edition;
    this.clock = clock;
  }

  /** A kind arrived: its bundle's promise has an id from now on. */
  void arrived(Source source) {
    if (source.family() == Family.FRONTEND) {
      seen.computeIfAbsent(source.origin().bundleId(), _ -> new ConcurrentSkipListSet<>())
          .add(source.id());
    }
  }

  /** What is not live although it must be, each with the time at which that was first seen. */
  List<Problem> lacking() {
    Map<String, String> now = new ConcurrentHashMap<>();
    List<String> named = configured.get();
    Registry.State world = state.get();
    if (named.isEmpty()) {
      Set<String> excused = new TreeSet<>(live(world));
      excused.addAll(disabled(world));
      for (Promise promise : promises.get()) {
        Set<String> ids = seen.getOrDefault(promise.bundleId(), Set.of());
        if (ids.isEmpty()) {
          now.put(promise.symbolicName(), "its frontend is not there");
        }
        ids.stream()
            .map(id -> Family.FRONTEND.id() + "/" + id)
            .filter(one -> !excused.contains(one))
            .forEach(one -> now.put(one, "not live"));
      }
    } else {
      Set<String> live = live(world);
      named.stream()
          .filter(one -> !one.equals(NOTHING) && !live.contains(one))
          .forEach(one -> now.put(one, "not live"));
    }
    Instant instant = clock.instant();
    lacking.keySet().retainAll(now.keySet());
    now.forEach((subject, reason) ->
        lacking.computeIfAbsent(
            subject, _ -> new Problem(subject, "mandatory, but " + reason, instant)));
    return new ArrayList<>(
        lacking.values().stream().sorted(Comparator.comparing(Problem::subject)).toList());
  }

  /** The same for people who wait for readiness. */
  List<String> reasons() {
    return lacking().stream().map(one -> one.subject() + " is " + one.reason()).toList();
  }

  private Set<String> live(Registry.State world) {
    Edition met = edition.get();
    return ids(
        world.live().values().stream()
            .filter(one -> !world.quarantined(one) && met.member(one.key()).isPresent())
            .map(one -> one.source().family().id() + "/" + one.key().id()));
  }

  private static Set<String> disabled(Registry.State world) {
    return ids(
        world.statuses().entrySet().stream()
            .filter(one -> one.getValue().state().equals("disabled"))
            .flatMap(one ->
                world.sources().stream()
                    .filter(source -> source.pid().equals(one.getKey().pid()))
                    .map(source -> source.family().id() + "/" + one.getKey().id())));
  }

  private static Set<String> ids(Stream<String> ids) {
    return new TreeSet<>(ids.toList());
  }
}
