package lip.core.instances;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.core.settings.BackendSettings;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.LiveBackend;
import lip.core.snapshot.LiveHandler;
import lip.core.snapshot.RouteTable;
import lip.core.snapshot.Snapshot;
import lip.core.snapshot.Stages;
import lip.sdk.feature.Admission;
import lip.sdk.feature.AttemptStage;
import lip.sdk.feature.CallStage;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.Feature;
import lip.sdk.feature.RouteHint;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import lip.sdk.frontend.Claim;
import org.jspecify.annotations.Nullable;

/**
 * Living instances to a snapshot. A pure function; the plugins' own answers were asked when the
 * instances were made.
 */
final class SnapshotBuilder {
  private static final List<String> FIRST_KINDS =
      List.of("openai-responses", "openai-legacy", "anthropic", "gemini", "bedrock", "acp");
  private static final String LAST_KIND = "local-stub";
  private static final Comparator<Live> IN_FAMILY =
      Comparator.comparingInt((Live live) -> live.common().order())
          .thenComparingInt(live -> rank(live.source().id()))
          .thenComparing(live -> live.source().id())
          .thenComparing(live -> live.key().id());

  private SnapshotBuilder() {}

  /** Builds; {@code byAge} has the instances whose claims are older first. */
  static Edition build(
      long generation, Instant now, List<Live> byAge, @Nullable String defaultRoute) {
    Map<InstanceKey, String> problems = new LinkedHashMap<>();
    RouteTable routes = new RouteTable(routes(byAge, problems));
    List<Live> sorted = byAge.stream().sorted(IN_FAMILY).toList();
    LinkedHashMap<String, LiveBackend> backends = new LinkedHashMap<>();
    Set<Entry<Feature>> features = new LinkedHashSet<>();
    List<Live> withHandlers = new ArrayList<>();
    for (Live live : sorted) {
      if (live.source().family() == Family.BACKEND) {
        backends.put(live.key().id(), backend(live));
      } else if (live.source().family() == Family.FEATURE && !live.contributions().isEmpty()) {
        features.add(entry(live));
        withHandlers.add(live);
      }
    }
    return new Edition(
        new Snapshot(
            generation,
            now,
            routes,
            backends,
            stages(withHandlers),
            List.copyOf(features),
            defaultRoute),
        byAge,
        problems);
  }

  private static List<RouteTable.Route> routes(
      List<Live> byAge, Map<InstanceKey, String> problems) {
    Map<Claim, Live> taken = new HashMap<>();
    List<RouteTable.Route> routes = new ArrayList<>();
    for (Live live : byAge) {
      for (Claim claim : live.claims()) {
        Live older = taken.putIfAbsent(shape(claim), live);
        if (older == null) {
          routes.add(new RouteTable.Route(claim, entry(live)));
        } else if (older != live) {
          problems.merge(
              live.key(),
              claim.method() + " " + claim.pattern() + " is claimed by " + older.key() + " already",
              (one, more) -> one + "; " + more);
        }
      }
    }
    return routes;
  }

  /** Claims are equal whatever their names are called. */
  private static Claim shape(Claim claim) {
    String pattern = claim.pattern().replaceAll("\\{[^}/]*\\.\\.\\.}", "{...}");
    return new Claim(claim.method(), pattern.replaceAll("\\{[^}/.]*}", "{}"), claim.when());
  }

  private static LiveBackend backend(Live live) {
    BackendSettings common = (BackendSettings) live.common();
    return new LiveBackend(
        entry(live),
        live.source().modelPrefixes(),
        common.default_model().orElse(live.source().defaultModel()),
        common.max_active_requests());
  }

  private static Stages stages(List<Live> sorted) {
    Handlers handlers = new Handlers();
    for (StageId stage : StageId.ALL) {
      for (Live live : sorted) {
        for (Contribution contribution : live.contributions()) {
          if (contribution.stage().equals(stage)) {
            handlers.add(entry(live), contribution);
          }
        }
      }
    }
    return handlers.stages();
  }

  /** The lists of a {@link Stages} while they grow. */
  private static final class Handlers {
    private final List<LiveHandler<CallStage>> calls = new ArrayList<>();
    private final List<LiveHandler<Admission>> admissions = new ArrayList<>();
    private final List<LiveHandler<RouteHint>> hints = new ArrayList<>();
    private final List<LiveHandler<AttemptStage>> attempts = new ArrayList<>();
    private final List<LiveHandler<StreamStage>> streams = new ArrayList<>();

    void add(Entry<Feature> entry, Contribution contribution) {
      switch (contribution) {
        case Contribution.OnCall c ->
            calls.add(new LiveHandler<>(entry, c.stage(), c.failure(), c.handler()));
        case Contribution.Admit c ->
            admissions.add(new LiveHandler<>(entry, c.stage(), c.failure(), c.handler()));
        case Contribution.Hint c ->
            hints.add(new LiveHandler<>(entry, c.stage(), c.failure(), c.handler()));
        case Contribution.OnAttempt c ->
            attempts.add(new LiveHandler<>(entry, c.stage(), c.failure(), c.handler()));
        case Contribution.OnStream c ->
            streams.add(new LiveHandler<>(entry, c.stage(), c.failure(), c.handler()));
        case Contribution.Other c ->
            throw new IllegalStateException("refused when it was made: " + c.type());
      }
    }

    Stages stages() {
      return new Stages(calls, admissions, hints, attempts, streams);
    }
  }

  private static int rank(String kind) {
    int listed = FIRST_KINDS.indexOf(kind);
    return kind.equals(LAST_KIND)
        ? FIRST_KINDS.size() + 1
        : listed >= 0 ? listed : FIRST_KINDS.size();
  }

  @SuppressWarnings("unchecked") // The family says what the instance is.
  private static <T extends AutoCloseable> Entry<T> entry(Live live) {
    return (Entry<T>) live.entry();
  }
}
