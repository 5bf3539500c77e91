package lip.core.snapshot;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import lip.sdk.feature.Feature;
import org.jspecify.annotations.Nullable;

/**
 * The runtime at one moment. A request pins one and keeps it to its end; a change publishes the next one and never touches this.
 *
 * @param generation number, rising
 * @param published when
 * @param routes which frontend answers what
 * @param backends live backends by instance id, in routing order
 * @param stages handlers
 * @param features feature instances that a request leases
 * @param defaultRoute the configured default route; null = the first live backend
 */
public record Snapshot(
    long generation,
    Instant published,
    RouteTable routes,
    SequencedMap<String, LiveBackend> backends,
    Stages stages,
    List<Entry<Feature>> features,
    @Nullable String defaultRoute) {
  /** Before the first change. */
  public static final Snapshot EMPTY =
      new Snapshot(
          0, Instant.EPOCH, RouteTable.EMPTY, new LinkedHashMap<>(), Stages.NONE, List.of(), null);

  /** Copies. */
  public Snapshot {
    backends = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(backends));
    features = List.copyOf(features);
  }
}
