package lip.core.instances;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lip.core.gateway.Departures;

/** The deployer's door: which bundle shall serve, how it fares, when it may go. */
final class BundleDepartures implements Departures {
  private final Registry registry;
  private final Supplier<Duration> limit;
  private final Supplier<List<KindRefusal>> refused;

  /** A kind that cannot be used. */
  record KindRefusal(long bundleId, String reason) {}

  BundleDepartures(
      Registry registry, Supplier<Duration> limit, Supplier<List<KindRefusal>> refused) {
    this.registry = registry;
    this.limit = limit;
    this.refused = refused;
  }

  @Override
  public void supersede(long bundleId) {
    registry.supersede(bundleId, Candidates.AT_ONCE);
  }

  @Override
  public void supersede(long bundleId, long successor) {
    registry.supersede(bundleId, successor);
  }

  @Override
  public void restore(long bundleId) {
    registry.restore(bundleId);
  }

  @Override
  public void depart(long bundleId) throws InterruptedException {
    registry.leave(registry.ofBundle(bundleId), limit.get());
  }

  @Override
  public Standing standing(long bundleId, int kinds) {
    for (KindRefusal refusal : refused.get()) {
      if (refusal.bundleId() == bundleId) {
        return new Standing.Failed(refusal.reason());
      }
    }
    Optional<Registry.State> judged = registry.judged(bundleId);
    // In this order: whatever was judged is on its way to the publisher.
    if (judged.isEmpty() || registry.publisher().pending()) {
      return new Standing.Pending();
    }
    Registry.State state = judged.get();
    List<Source> mine =
        state.sources().stream().filter(s -> s.origin().bundleId() == bundleId).toList();
    if (mine.size() < kinds) {
      return new Standing.Pending();
    }
    List<String> reasons = new ArrayList<>();
    state
        .whys()
        .forEach((key, bySource) -> {
          for (Map.Entry<Source, Verdict.Why> why : bySource.entrySet()) {
            if (mine.contains(why.getKey()) && counts(state, key, why.getKey(), why.getValue())) {
              reasons.add(key.id() + ": " + why.getValue().reason());
            }
          }
        });
    return reasons.isEmpty()
        ? new Standing.Live()
        : new Standing.Failed(String.join("; ", reasons));
  }

  /** Settings that nobody can serve with say nothing against this bundle. */
  private static boolean counts(
      Registry.State state, InstanceKey key, Source mine, Verdict.Why why) {
    Live live = state.live().get(key);
    return !why.settings() || (live != null && live.source() != mine);
  }

  @Override
  public AutoCloseable onChange(Runnable action) {
    return registry.publisher().onChange(action);
  }

  @Override
  public Duration drainLimit() {
    return limit.get();
  }
}
