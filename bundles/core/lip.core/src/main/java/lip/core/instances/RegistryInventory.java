package lip.core.instances;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import lip.core.gateway.Inventory;
import lip.core.snapshot.LiveHandler;
import lip.core.snapshot.OpenHolders;
import lip.core.snapshot.Snapshot;
import lip.core.snapshot.Stages;
import lip.sdk.feature.StageId;
import lip.sdk.frontend.Claim;
import org.jspecify.annotations.Nullable;

/** Views of the registry for operators. */
final class RegistryInventory implements Inventory {
  private final Registry registry;
  private final OpenHolders holders;
  private final Problems problems;
  private final Supplier<List<Problem>> lacking;
  private final Supplier<List<KindView>> refused;
  private final Supplier<List<FidelityView>> fidelity;
  private final Facts facts;

  RegistryInventory(
      Registry registry,
      OpenHolders holders,
      Problems problems,
      Supplier<List<Problem>> lacking,
      Supplier<List<KindView>> refused,
      Supplier<List<FidelityView>> fidelity,
      Facts facts) {
    this.registry = registry;
    this.holders = holders;
    this.problems = problems;
    this.lacking = lacking;
    this.refused = refused;
    this.fidelity = fidelity;
    this.facts = facts;
  }

  @Override
  public View view() {
    Registry.State state = registry.state();
    Edition edition = registry.publisher().edition();
    Snapshot snapshot = edition.snapshot();
    List<KindView> kinds = new ArrayList<>();
    state.sources().forEach(source -> kinds.add(kind(source, state)));
    kinds.addAll(refused.get());
    kinds.sort(Comparator.comparing(KindView::family).thenComparing(KindView::id));
    return new View(
        snapshot.generation(),
        snapshot.published(),
        List.copyOf(kinds),
        instances(state, edition),
        problems(state, edition),
        stages(snapshot.stages()),
        holders.size(),
        fidelity.get());
  }

  private static KindView kind(Source source, Registry.State state) {
    Origin origin = source.origin();
    return new KindView(
        source.family().id(),
        source.id(),
        source.pid(),
        origin.symbolicName(),
        origin.bundleId(),
        origin.version().toString(),
        source.privileges(),
        state.superseded().contains(origin.bundleId()),
        null);
  }

  private List<InstanceView> instances(Registry.State state, Edition edition) {
    List<InstanceView> views = new ArrayList<>();
    Set<Live> shown = new HashSet<>(state.live().values());
    Map<InstanceKey, Live> inForce = new LinkedHashMap<>();
    state
        .live()
        .forEach((key, live) ->
            inForce.put(key, state.quarantined(live) ? live : edition.member(key).orElse(live)));
    Map<Live, List<FactView>> told =
        facts.of(inForce.values().stream().filter(live -> !state.quarantined(live)).toList());
    inForce.forEach((key, live) ->
        views.add(inForce(state, edition, key, live, told.getOrDefault(live, List.of()))));
    state
        .statuses()
        .forEach((key, status) -> {
          if (!state.live().containsKey(key)) {
            views.add(idle(state, key, status.state(), status.reason(), status.changed()));
          }
        });
    for (Source source : state.sources()) {
      for (Live leaving : source.alive()) {
        if (shown.add(leaving) && leaving.entry().retired()) {
          views.add(view(leaving, "draining", null, List.of()));
        }
      }
      waiting(state, source, views);
    }
    views.sort(Comparator.comparing(InstanceView::family).thenComparing(InstanceView::id));
    return List.copyOf(views);
  }

  /**
   * An instance is active when requests meet it: until its snapshot is out, that is the one before.
   */
  private static InstanceView inForce(
      Registry.State state, Edition edition, InstanceKey key, Live live, List<FactView> facts) {
    if (state.quarantined(live)) {
      return view(live, "quarantined", "its bundle burns CPU: restart needed", facts);
    }
    String reason = reason(state, edition, key, live);
    String is = edition.member(key).isPresent() ? "active" : "starting";
    return view(live, is, reason, facts);
  }

  /** A kind without an instance waits for a configuration. */
  private static void waiting(Registry.State state, Source source, List<InstanceView> views) {
    boolean known =
        views.stream().anyMatch(v -> v.pid().equals(source.pid()) && !v.state().equals("draining"));
    if (!known) {
      String reason =
          "waiting for configuration: write "
              + source.pid()
              + "~NAME.cfg, or "
              + source.pid()
              + ".cfg for the instance "
              + source.id();
      views.add(
          idle(
              state,
              new InstanceKey(source.pid(), source.id()),
              "waiting",
              reason,
              source.since()));
    }
  }

  private static @Nullable String reason(
      Registry.State state, Edition edition, InstanceKey key, Live live) {
    Status status = state.statuses().get(key);
    String said = status == null ? null : status.reason();
    String claims = edition.claimProblems().get(live.key());
    return said == null ? claims : claims == null ? said : said + "; " + claims;
  }

  private static InstanceView view(
      Live live, String state, @Nullable String reason, List<FactView> facts) {
    Origin origin = live.source().origin();
    Set<String> stages = new LinkedHashSet<>();
    live.contributions().forEach(contribution -> stages.add(contribution.stage().id()));
    return new InstanceView(
        live.source().family().id(),
        live.key().id(),
        live.source().id(),
        live.key().pid(),
        origin.symbolicName(),
        origin.bundleId(),
        origin.version().toString(),
        state,
        reason,
        live.entry().leases(),
        List.copyOf(stages),
        live.claims().stream().map(RegistryInventory::text).toList(),
        live.entry().calls(),
        live.entry().errors(),
        live.since(),
        facts);
  }

  private static String text(Claim claim) {
    Claim.HeaderCondition when = claim.when();
    return claim.method()
        + " "
        + claim.pattern()
        + (when == null
            ? ""
            : " if " + when.name() + (when.prefix().isEmpty() ? "" : ": " + when.prefix()));
  }

  private static InstanceView idle(
      Registry.State state, InstanceKey key, String is, @Nullable String reason, Instant changed) {
    Source source =
        state.sources().stream().filter(s -> s.pid().equals(key.pid())).findFirst().orElse(null);
    return new InstanceView(
        source == null ? "" : source.family().id(),
        key.id(),
        source == null ? "" : source.id(),
        key.pid(),
        "",
        -1,
        "",
        is,
        reason,
        0,
        List.of(),
        List.of(),
        0,
        0,
        changed,
        List.of());
  }

  private List<Problem> problems(Registry.State state, Edition edition) {
    List<Problem> all = new ArrayList<>(problems.all());
    all.addAll(lacking.get());
    for (Map.Entry<InstanceKey, Status> status : state.statuses().entrySet()) {
      String reason = status.getValue().reason();
      if (reason != null) {
        all.add(new Problem(status.getKey().toString(), reason, status.getValue().changed()));
      }
    }
    edition
        .claimProblems()
        .forEach((key, reason) -> {
          Live live = state.live().get(key);
          all.add(
              new Problem(
                  key.toString(),
                  reason,
                  live == null ? edition.snapshot().published() : live.since()));
        });
    all.sort(Comparator.comparing(Problem::subject).thenComparing(Problem::since));
    return List.copyOf(all);
  }

  private static List<StageView> stages(Stages stages) {
    List<LiveHandler<?>> all = new ArrayList<>();
    all.addAll(stages.onCall());
    all.addAll(stages.admissions());
    all.addAll(stages.hints());
    all.addAll(stages.onAttempt());
    all.addAll(stages.onStream());
    return StageId.ALL.stream()
        .map(stage ->
            new StageView(
                stage.id(),
                stage.failure().name().toLowerCase(Locale.ROOT),
                all.stream()
                    .filter(handler -> handler.stage().equals(stage))
                    .map(handler -> handler.entry().id())
                    .toList()))
        .toList();
  }
}
