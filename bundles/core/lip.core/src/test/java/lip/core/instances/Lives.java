package lip.core.instances;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.capability.Capabilities;
import lip.api.event.EventStream;
import lip.api.failure.Failure;
import lip.api.failure.UpstreamFailure;
import lip.core.settings.BackendSettings;
import lip.core.settings.CommonSettings;
import lip.core.settings.Metatype.Designate;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.sdk.Instance;
import lip.sdk.Kind;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.Feature;
import lip.sdk.feature.FeatureKind;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.frontend.FrontendKind;
import org.osgi.framework.Version;

/** Sources and living instances of each family, without a registry. */
final class Lives {
  static final Instant BORN = Instant.parse("2026-01-02T03:04:05Z");

  private Lives() {}

  /** No keys. */
  interface NoSettings {}

  private record Front(String id) implements FrontendKind<NoSettings> {
    @Override
    public Class<NoSettings> settings() {
      return NoSettings.class;
    }

    @Override
    public Frontend create(Instance instance, NoSettings settings) {
      return new Answering(List.of());
    }
  }

  private record Back(String id) implements BackendKind<NoSettings> {
    @Override
    public Class<NoSettings> settings() {
      return NoSettings.class;
    }

    @Override
    public String defaultModel() {
      return "model";
    }

    @Override
    public Backend create(Instance instance, NoSettings settings) {
      return new Silent();
    }
  }

  private record Acting(String id) implements FeatureKind<NoSettings> {
    @Override
    public Class<NoSettings> settings() {
      return NoSettings.class;
    }

    @Override
    public Feature create(Instance instance, NoSettings settings) {
      return List::of;
    }
  }

  private record Answering(List<Claim> claims) implements Frontend {
    @Override
    public void handle(Exchange exchange, Calls calls) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ErrorReply render(Failure failure) {
      throw new UnsupportedOperationException();
    }
  }

  private record Silent() implements Backend {
    @Override
    public EventStream open(Attempt attempt) throws UpstreamFailure {
      throw UpstreamFailure.unsupported("open");
    }

    @Override
    public Capabilities capabilities(String model) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private record Common(int order) implements BackendSettings {
    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public Optional<String> name() {
      return Optional.empty();
    }

    @Override
    public Optional<String> default_model() {
      return Optional.empty();
    }

    @Override
    public int max_active_requests() {
      return 0;
    }

    @Override
    public Optional<Duration> response_header_timeout() {
      return Optional.empty();
    }

    @Override
    public Optional<Duration> stream_idle_timeout() {
      return Optional.empty();
    }

    @Override
    public Optional<Duration> unstreamed_response_timeout() {
      return Optional.empty();
    }
  }

  static Source source(Family family, String kindId, long bundleId) {
    Kind<?, ?> kind =
        switch (family) {
          case FRONTEND -> new Front(kindId);
          case BACKEND -> new Back(kindId);
          default -> new Acting(kindId);
        };
    return source(family, kind, "lip." + family.id() + "." + kindId, bundleId);
  }

  static Source source(Family family, Kind<?, ?> kind, String pid, long bundleId) {
    try {
      return new Source(
          family,
          kind,
          new Designate(pid, List.of()),
          new Origin(bundleId, pid, new Version("1.0.0")),
          BORN);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static Live frontend(Source source, String id, Claim... claims) {
    return live(source, id, 1000, new Answering(List.of(claims)), List.of(claims), List.of());
  }

  static Live backend(Source source, String id, int order) {
    return live(source, id, order, new Silent(), List.of(), List.of());
  }

  static Live backend(Source source, String id, Backend instance) {
    return live(source, id, 1000, instance, List.of(), List.of());
  }

  static Live feature(Source source, String id, int order, Contribution... contributions) {
    Feature feature = () -> List.of(contributions);
    return live(source, id, order, feature, List.of(), List.of(contributions));
  }

  private static Live live(
      Source source,
      String id,
      int order,
      AutoCloseable instance,
      List<Claim> claims,
      List<Contribution> contributions) {
    CommonSettings common = new Common(order);
    return new Live(
        source,
        new InstanceKey(source.pid(), id),
        Map.of(),
        common,
        new Entry<>(source.family(), id, source.id(), order, instance),
        claims,
        contributions,
        BORN);
  }
}
