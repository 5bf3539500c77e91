package lip.core.instances;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.core.gateway.ConfigurationCheck;
import lip.core.instances.InstanceMaker.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Checks configurations on the path that real ones take; what is made on the way is thrown away.
 */
final class SettingsCheck implements ConfigurationCheck {
  private final Registry registry;
  private final InstanceMaker maker;
  private final SingletonSettings singletons;
  private final PlatformSettings platform;
  private final Acceptance acceptance;
  private final Patience patience;

  SettingsCheck(
      Registry registry,
      InstanceMaker maker,
      SingletonSettings singletons,
      PlatformSettings platform,
      Acceptance acceptance,
      Patience patience) {
    this.registry = registry;
    this.maker = maker;
    this.singletons = singletons;
    this.platform = platform;
    this.acceptance = acceptance;
    this.patience = patience;
  }

  @Override
  public List<Finding> check(
      String pid, @Nullable String name, @Nullable String file, Map<String, String> values) {
    Optional<SingletonBinding<?>> singleton = singletons.binding(pid);
    if (singleton.isPresent()) {
      return name == null
          ? singleton.get().check(file, values)
          : List.of(
              new Finding(
                  true, file, null, null, pid + " has no instances; write " + pid + ".cfg", null));
    }
    Optional<Source> source = best(pid);
    if (source.isEmpty()) {
      return pid.startsWith("lip.")
          ? List.of(new Finding(false, file, null, null, "nobody takes " + pid + " yet", null))
          : List.of();
    }
    return patience.check(pid, file, () -> instance(source.get(), name, file, values));
  }

  private List<Finding> instance(
      Source source, @Nullable String name, @Nullable String file, Map<String, String> values) {
    InstanceKey key = new InstanceKey(source.pid(), name == null ? source.id() : name);
    Optional<InstanceKey> owner =
        registry.owner(source.family(), key.id()).filter(other -> !other.equals(key));
    if (owner.isPresent()) {
      return List.of(
          new Finding(
              true, file, null, null, "the id " + key.id() + " is taken by " + owner.get(), null));
    }
    Configured as = new Configured(source.pid(), file, values, false);
    Map<String, String> texts = maker.texts(source, key, as);
    return switch (maker.make(source, key, file, texts)) {
      case Outcome.Made(Live live, List<Finding> said) -> {
        live.entry().retire();
        source.alive().remove(live);
        if (live.beginClose()) {
          InstanceMaker.close(key, live.entry().instance());
          live.closed();
        }
        yield said;
      }
      case Outcome.Disabled(List<Finding> said) -> said;
      case Outcome.Unresolved(String reason, List<Finding> said) -> {
        List<Finding> all = new ArrayList<>(said);
        all.add(new Finding(false, file, null, null, "unresolved: " + reason, null));
        yield all;
      }
      case Outcome.Refused(List<Finding> said, _) -> said;
    };
  }

  private Optional<Source> best(String pid) {
    return registry.state().sources().stream().filter(s -> s.pid().equals(pid)).findFirst();
  }

  @Override
  public List<Finding> checkWhole() {
    List<Finding> findings = new ArrayList<>();
    Registry.State state = registry.state();
    registry
        .publisher()
        .edition()
        .claimProblems()
        .forEach((key, reason) ->
            findings.add(new Finding(true, key + ".cfg", null, null, reason, null)));
    platform
        .defaultRoute()
        .ifPresent(route -> {
          String backend = route.substring(0, Math.max(route.indexOf(':'), 0));
          String named = backend.isEmpty() ? route : backend;
          if (state.sources().stream().noneMatch(s -> s.id().equals(named))
              && state.configurations().keySet().stream().noneMatch(k -> k.id().equals(named))) {
            findings.add(
                new Finding(
                    true,
                    "lip.routing.cfg",
                    "default.route",
                    route.length() > 200 ? route.substring(0, 200) : route,
                    "there is no backend " + named,
                    null));
          }
        });
    return findings;
  }

  @Override
  public PidUse use(String pid) {
    return singletons.binding(pid).isPresent()
        ? PidUse.SINGLETON
        : best(pid).isPresent() ? PidUse.FACTORY : PidUse.UNCLAIMED;
  }

  @Override
  public AutoCloseable onAccepted(ChangeListener listener) {
    return acceptance.add(listener);
  }
}
