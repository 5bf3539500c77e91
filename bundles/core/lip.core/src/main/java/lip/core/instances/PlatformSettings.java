package lip.core.instances;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.core.gateway.Singletons;
import lip.sdk.InvalidSettings;

/** The settings of the core itself, as they are in force. */
final class PlatformSettings {
  private volatile Duration drainLimit = Duration.ofMinutes(15);
  private volatile List<String> mandatory = List.of();
  private volatile Optional<String> defaultRoute = Optional.empty();

  Duration drainLimit() {
    return drainLimit;
  }

  List<String> mandatory() {
    return mandatory;
  }

  Optional<String> defaultRoute() {
    return defaultRoute;
  }

  /** Receiver of {@code lip.plugins}. */
  Singletons.Target<PluginsSettings> plugins(Runnable changed) {
    return new Singletons.Target<>() {
      @Override
      public void check(PluginsSettings settings) throws InvalidSettings {
        for (String one : settings.mandatory()) {
          if (!one.equals(Mandatory.NOTHING)
              && !one.matches("(frontend|backend|feature|store)/.+")) {
            throw new InvalidSettings(
                "mandatory", "not family/id: " + one, "frontend/openai-legacy, or none");
          }
        }
      }

      @Override
      public void apply(PluginsSettings settings) {
        drainLimit = settings.drain_timeout();
        mandatory = settings.mandatory();
        changed.run();
      }
    };
  }

  /** Receiver of {@code lip.routing}. */
  Singletons.Target<RoutingSettings> routing(Runnable changed) {
    return new Singletons.Target<>() {
      @Override
      public void check(RoutingSettings settings) throws InvalidSettings {
        String route = settings.default_route().orElse("-");
        if (route.length() > 65536 || route.chars().anyMatch(Character::isISOControl)) {
          throw new InvalidSettings("default.route", "not a route", "backend:model");
        }
        if (route.startsWith(":")) {
          throw new InvalidSettings(
              "default.route", "a model without a backend", "backend:model, or a backend");
        }
      }

      @Override
      public void apply(RoutingSettings settings) {
        defaultRoute = settings.default_route();
        changed.run();
      }
    };
  }
}
