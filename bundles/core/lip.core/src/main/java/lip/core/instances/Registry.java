package lip.core.instances;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import lip.core.instances.Verdict.Why;
import lip.core.snapshot.Family;
import lip.core.snapshot.OpenHolders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which instance is made by which version of its kind with which configuration. The rules:
 * highest bundle version first, superseded bundles last, never below the version that runs, the
 * last good instance stays until a better one lives. Fed from outside; plugin code runs on the
 * {@link Workers} only, never under the lock.
 */
final class Registry {
  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

  private final Feedback feedback;
  private final InstantSource clock;
  private final Supplier<Optional<String>> defaultRoute;
  private final Judge judge;
  private final Workers workers = new Workers(this::apply, this::settled);
  private final Drains drains;
  private final Publisher publisher;

  // All below is guarded by this object's lock.
  private final Candidates candidates = new Candidates();
  private final Map<InstanceKey, Configured> configurations = new TreeMap<>();
  private final Map<InstanceKey, Configured> lastGood = new HashMap<>();
  private final Map<InstanceKey, Live> live = new TreeMap<>();
  private final Map<InstanceKey, Status> statuses = new TreeMap<>();
  private final Map<InstanceKey, Map<Source, Why>> whys = new HashMap<>();
  private final Owners owners = new Owners();

  /** Wires; nothing runs before {@link #start}. */
  Registry(
      InstanceMaker maker,
      Feedback feedback,
      InstantSource clock,
      OpenHolders holders,
      Supplier<Duration> drainLimit,
      Supplier<Publisher.Window> window,
      Supplier<Optional<String>> defaultRoute) {
    this.judge = new Judge(maker, this::claim);
    this.feedback = feedback;
    this.clock = clock;
    this.defaultRoute = defaultRoute;
    this.drains = new Drains(holders, drainLimit, this::settled);
    this.publisher =
        new Publisher(this::build, drains::retire, () -> workers.busy(_ -> true), window);
  }

  void start() {
    publisher.start();
  }

  void stop() {
    publisher.close();
  }

  Publisher publisher() {
    return publisher;
  }

  Drains drains() {
    return drains;
  }

  Workers workers() {
    return workers;
  }

  // ---- kinds ------------------------------------------------------------------------------------

  /** A kind arrived. */
  void add(Source source) {
    LOG.info(
        "kind arrived: kind={} family={} bundle={}",
        source.id(),
        source.family().id(),
        source.origin());
    // In one step: nobody may see a kind that has neither been judged nor is about to be.
    synchronized (this) {
      candidates.add(source);
      reconcile(source.pid());
    }
  }

  /** The kinds of a bundle are used only where no other can serve, as {@link Candidates} says. */
  void supersede(long bundleId, long successor) {
    prefer(bundleId, candidates -> candidates.supersede(bundleId, successor));
  }

  /** The kinds of a bundle are used as all others again. */
  void restore(long bundleId) {
    prefer(bundleId, candidates -> candidates.restore(bundleId));
  }

  private void prefer(long bundleId, Predicate<Candidates> change) {
    List<String> pids;
    synchronized (this) {
      if (!change.test(candidates)) {
        return;
      }
      pids = candidates.pidsOfBundle(bundleId);
    }
    pids.forEach(this::reconcile);
  }

  /**
   * No new request reaches the instances of a bundle any more; what runs goes on. Other versions of
   * its kinds take over, if there are any.
   */
  void quarantine(long bundleId) {
    List<String> pids;
    synchronized (this) {
      if (!candidates.quarantine(bundleId)) {
        return;
      }
      pids = candidates.pidsOfBundle(bundleId);
    }
    publisher.changed(List.of());
    pids.forEach(this::reconcile);
  }

  /** Kinds of a bundle. */
  synchronized List<Source> ofBundle(long bundleId) {
    return candidates.ofBundle(bundleId);
  }

  /**
   * Kinds leave: others take over, then their instances drain. Returns when all are closed or the
   * limit has passed.
   *
   * @param limit for all of them together
   */
  void leave(List<Source> leaving, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Set<String> pids = new HashSet<>();
    synchronized (this) {
      for (Source source : leaving) {
        if (candidates.remove(source)) {
          pids.add(source.pid());
        }
      }
    }
    pids.forEach(this::reconcile);
    if (!workers.awaitIdle(key -> pids.contains(key.pid()), left(end)) && !limit.isZero()) {
      LOG.warn("a successor is not ready in time: kinds={}", pids);
    }
    evict(leaving);
    publisher.flush();
    for (Source source : leaving) {
      for (Live instance : List.copyOf(source.alive())) {
        instance.entry().retire();
        drains.await(instance, left(end));
      }
    }
    synchronized (this) {
      whys.values().forEach(map -> map.keySet().removeAll(leaving));
      candidates.forget(leaving);
    }
    settled();
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** Whoever still lives of departing kinds has no successor that could wait any longer. */
  private void evict(List<Source> leaving) {
    List<Live> gone = new ArrayList<>();
    synchronized (this) {
      live.values().removeIf(one -> leaving.contains(one.source()) && gone.add(one));
    }
    if (!gone.isEmpty()) {
      publisher.changed(gone);
    }
  }

  // ---- configurations ---------------------------------------------------------------------------

  /** A configuration is there or changed. */
  void configure(InstanceKey key, Configured configuration) {
    synchronized (this) {
      Configured before = configurations.get(key);
      if (before != null
          && before.texts().equals(configuration.texts())
          && before.pid().equals(configuration.pid())) {
        return;
      }
      configurations.put(key, configuration);
    }
    workers.submit(key);
  }

  /** A configuration is gone. */
  void unconfigure(InstanceKey key) {
    Configured gone;
    synchronized (this) {
      gone = configurations.remove(key);
      lastGood.remove(key);
    }
    if (gone != null) {
      feedback.accepted(key, gone, true);
      workers.submit(key);
    }
  }

  /** No kind takes the PID any more. */
  void forget(String pid) {
    synchronized (this) {
      configurations.keySet().removeIf(key -> key.pid().equals(pid));
      lastGood.keySet().removeIf(key -> key.pid().equals(pid));
    }
    reconcile(pid);
  }

  /** Looks again at instances whose secrets were missing. */
  void retryUnresolved() {
    List<InstanceKey> keys = new ArrayList<>();
    synchronized (this) {
      statuses.forEach((key, status) -> {
        if (status.state().equals("unresolved")) {
          keys.add(key);
        }
      });
    }
    keys.forEach(workers::submit);
  }

  // ---- instances --------------------------------------------------------------------------------

  private void reconcile(String pid) {
    Set<InstanceKey> keys = new TreeSet<>();
    synchronized (this) {
      keys.addAll(configurations.keySet());
      keys.addAll(live.keySet());
      keys.addAll(statuses.keySet());
      candidates.all().forEach(source -> keys.add(new InstanceKey(source.pid(), source.id())));
    }
    keys.stream().filter(key -> key.pid().equals(pid)).forEach(workers::submit);
  }

  /** One look at an instance, on its own thread. */
  private void apply(InstanceKey key) {
    List<Source> sources;
    Configured configuration;
    Live old;
    synchronized (this) {
      sources = candidates.ofPid(key.pid());
      configuration = configurations.get(key);
      old = live.get(key);
    }
    Verdict verdict = judge.judge(key, sources, configuration, old);
    if (commit(key, configuration, old, verdict) && !verdict.gone() && configuration != null) {
      report(key, configuration, verdict);
    }
  }

  private synchronized Optional<InstanceKey> claim(Family family, InstanceKey key) {
    return owners.claim(family, key);
  }

  /**
   * Puts a verdict in force; false when the world went on meanwhile: then the worker looks again.
   */
  private boolean commit(
      InstanceKey key, @Nullable Configured configuration, @Nullable Live old, Verdict verdict) {
    Live next = verdict.next();
    List<InstanceKey> heirs = List.of();
    synchronized (this) {
      boolean departed = next != null && next != old && !candidates.contains(next.source());
      if (departed || live.get(key) != old) {
        if (next != null && next != old) {
          drains.retire(next);
        }
        workers.submit(key);
        return false;
      }
      if (next == null) {
        live.remove(key);
      } else {
        live.put(key, next);
      }
      if (verdict.gone()) {
        statuses.remove(key);
        whys.remove(key);
        heirs = release(key);
      } else {
        note(key, verdict);
        if (!verdict.refused() && configuration != null) {
          lastGood.put(key, configuration);
        }
      }
    }
    heirs.forEach(workers::submit);
    if (next != old) {
      publisher.changed(old == null ? List.of() : List.of(old));
    }
    return true;
  }

  private void note(InstanceKey key, Verdict verdict) {
    Status before = statuses.get(key);
    String reason = verdict.reason();
    if (before == null
        || !before.state().equals(verdict.state())
        || !Objects.equals(before.reason(), reason)) {
      statuses.put(key, new Status(verdict.state(), reason, clock.instant()));
      if (reason != null) {
        LOG.warn(
            "instance not as configured: instance={} state={} reason={}",
            key,
            verdict.state(),
            reason);
      }
    }
    whys.put(key, new LinkedHashMap<>(verdict.whys()));
  }

  /** Gives the ids of a key free; whoever waited for one of them looks again. */
  private List<InstanceKey> release(InstanceKey key) {
    owners.release(key);
    return statuses.keySet().stream().filter(other -> other.id().equals(key.id())).toList();
  }

  private void report(InstanceKey key, Configured configuration, Verdict verdict) {
    Configured good;
    synchronized (this) {
      if (!configuration.equals(configurations.get(key))) {
        return;
      }
      good = lastGood.get(key);
    }
    if (!verdict.refused()) {
      feedback.accepted(key, configuration, false);
    } else if (configuration.arrived()) {
      feedback.refused(
          configuration, good, Objects.requireNonNullElse(verdict.reason(), "refused"));
    }
  }

  private void settled() {
    publisher.told();
  }

  // ---- views ------------------------------------------------------------------------------------

  /** Everything at one moment. */
  record State(
      List<Source> sources,
      Set<Long> superseded,
      Set<Long> quarantined,
      Map<InstanceKey, Configured> configurations,
      Map<InstanceKey, Live> live,
      Map<InstanceKey, Status> statuses,
      Map<InstanceKey, Map<Source, Why>> whys) {
    /** Whether no new request reaches it. */
    boolean quarantined(Live one) {
      return quarantined.contains(one.source().origin().bundleId());
    }
  }

  /** A consistent copy. */
  synchronized State state() {
    Map<InstanceKey, Map<Source, Why>> reasons = new HashMap<>();
    whys.forEach((key, map) -> reasons.put(key, Map.copyOf(map)));
    return new State(
        candidates.all(),
        candidates.superseded(),
        candidates.quarantined(),
        Map.copyOf(configurations),
        Map.copyOf(live),
        Map.copyOf(statuses),
        reasons);
  }

  /** The same, unless a kind of the bundle is being judged: what it came to is not known then. */
  synchronized Optional<State> judged(long bundleId) {
    List<String> pids = candidates.pidsOfBundle(bundleId);
    return workers.busy(key -> pids.contains(key.pid())) ? Optional.empty() : Optional.of(state());
  }

  /** Whether a matching instance is being made, or what was made is not published yet. */
  boolean unsettled(Predicate<InstanceKey> which) {
    return workers.busy(which) || publisher.pending();
  }

  /** The owner of an id. */
  synchronized Optional<InstanceKey> owner(Family family, String id) {
    return owners.of(family, id);
  }

  private Edition build() {
    List<Live> byAge = new ArrayList<>();
    synchronized (this) {
      for (InstanceKey key : owners.byAge()) {
        Live one = live.get(key);
        if (one != null && !candidates.quarantined(one.source())) {
          byAge.add(one);
        }
      }
    }
    Edition built =
        SnapshotBuilder.build(
            publisher.current().generation() + 1,
            clock.instant(),
            byAge,
            defaultRoute.get().orElse(null));
    built
        .claimProblems()
        .forEach(
            (key, reason) -> LOG.warn("claim not in force: instance={} reason={}", key, reason));
    return built;
  }
}
