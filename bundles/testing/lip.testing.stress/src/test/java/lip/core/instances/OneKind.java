package lip.core.instances;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lip.api.capability.Capabilities;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.core.gateway.Departures;
import lip.core.settings.Metatype.Designate;
import lip.core.settings.SecretReferences;
import lip.core.settings.SettingsType;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.LiveBackend;
import lip.core.snapshot.OpenHolders;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import lip.sdk.upstream.Timeouts;
import org.osgi.framework.Version;

/** The real registry, with one kind of backend that several bundles bring. Safe from any thread. */
public final class OneKind implements AutoCloseable {
  private static final String ID = "one";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Registry registry;
  private final Departures departures;
  private final Map<Long, Source> sources = new ConcurrentHashMap<>();

  /** No settings. */
  public interface None {}

  /** Starts without a bundle. */
  public OneKind() {
    InstanceMaker maker =
        new InstanceMaker(
            new SecretReferences(_ -> Optional.empty(), Path.of("/none"), Path.of("/none")),
            Path.of("/none"),
            _ -> Optional.empty(),
            () -> Timeouts.DEFAULT,
            InstantSource.system(),
            prefix -> prefix + "0");
    Feedback nobody =
        new Feedback() {
          @Override
          public void accepted(InstanceKey key, Configured configuration, boolean deleted) {}

          @Override
          public void refused(Configured configuration, Configured lastGood, String reason) {}
        };
    Publisher.Window atOnce = new Publisher.Window(Duration.ofMillis(1), Duration.ofMillis(5));
    registry =
        new Registry(
            maker,
            nobody,
            InstantSource.system(),
            new OpenHolders(),
            () -> LIMIT,
            () -> atOnce,
            Optional::empty);
    departures = new BundleDepartures(registry, () -> LIMIT, List::of);
    registry.start();
  }

  /** The deployer's door. */
  public Departures departures() {
    return departures;
  }

  /** A bundle registers its kind. */
  public void arrive(long bundleId, Version version, boolean broken) {
    try {
      Source source =
          new Source(
              Family.BACKEND,
              new Kind(bundleId, broken),
              new Designate("lip.backend." + ID, List.of()),
              new Origin(bundleId, "lip.test.one", version),
              Instant.EPOCH);
      sources.put(bundleId, source);
      registry.add(source);
    } catch (SettingsType.Unusable e) {
      throw new IllegalStateException(e);
    }
  }

  /** A bundle's kind is unregistered. */
  public void leave(long bundleId) {
    Source source = sources.remove(bundleId);
    if (source == null) {
      return;
    }
    try {
      registry.leave(List.of(source), LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The bundle that a new request would reach; -1 = none. */
  public long serving() {
    LiveBackend backend = registry.publisher().current().backends().get(ID);
    return backend == null ? -1 : ((Made) backend.entry().instance()).bundleId();
  }

  /** A request that begins now; running it ends it. */
  public Runnable request() {
    LiveBackend backend = registry.publisher().current().backends().get(ID);
    Entry<Backend> entry = backend == null ? null : backend.entry();
    return entry != null && entry.acquire() ? entry::release : () -> {};
  }

  /** Whether nothing is being made or published. */
  public boolean settled() {
    return !registry.unsettled(_ -> true);
  }

  @Override
  public void close() {
    registry.stop();
  }

  private record Made(long bundleId) implements Backend {
    @Override
    public EventStream open(Attempt attempt) throws UpstreamFailure {
      throw UpstreamFailure.unsupported("open");
    }

    @Override
    public Capabilities capabilities(String model) {
      return Capabilities.of();
    }
  }

  private record Kind(long bundleId, boolean broken) implements BackendKind<None> {
    @Override
    public String id() {
      return ID;
    }

    @Override
    public Class<None> settings() {
      return None.class;
    }

    @Override
    public Optional<Map<String, String>> defaults(Environment environment) {
      return Optional.of(Map.of());
    }

    @Override
    public String defaultModel() {
      return "m";
    }

    @Override
    public Backend create(Instance instance, None settings) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return new Made(bundleId);
    }
  }
}
