package lip.core.instances;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import lip.core.settings.CommonSettings;
import lip.core.settings.Metatype.Designate;
import lip.core.settings.SettingsType;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.OpenHolders;
import lip.sdk.Instance;
import lip.sdk.Privilege;
import lip.sdk.feature.Feature;
import lip.sdk.feature.FeatureKind;
import org.osgi.framework.Version;

/** A retired instance that somebody still uses. */
final class Departing {
  private static final Source SOURCE = source();

  private final AtomicInteger closes = new AtomicInteger();
  private final Entry<Feature> entry =
      new Entry<>(Family.FEATURE, "x", "x", 0, new Counting(closes));
  private final Live live =
      new Live(
          SOURCE,
          new InstanceKey("lip.feature.x", "x"),
          Map.of(),
          new Common(),
          entry,
          List.of(),
          List.of(),
          Instant.EPOCH);
  private final Drains drains =
      new Drains(new OpenHolders(), () -> Duration.ofSeconds(10), () -> {});

  /** No settings. */
  public interface None {}

  private record Common() implements CommonSettings {
    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public int order() {
      return 0;
    }

    @Override
    public Optional<String> name() {
      return Optional.empty();
    }
  }

  private record Counting(AtomicInteger closes) implements Feature {
    @Override
    public List<lip.sdk.feature.Contribution> contributions() {
      return List.of();
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }

  private static final class Quiet implements FeatureKind<None> {
    @Override
    public String id() {
      return "x";
    }

    @Override
    public Class<None> settings() {
      return None.class;
    }

    @Override
    public Set<Privilege> privileges() {
      return Set.of();
    }

    @Override
    public Feature create(Instance instance, None settings) {
      return List::of;
    }
  }

  private static Source source() {
    try {
      return new Source(
          Family.FEATURE,
          new Quiet(),
          new Designate("lip.feature.x", List.of()),
          new Origin(1, "lip.feature.x", new Version("1.0.0")),
          Instant.EPOCH);
    } catch (SettingsType.Unusable e) {
      throw new IllegalStateException(e);
    }
  }

  Departing() {
    if (!entry.acquire()) {
      throw new IllegalStateException("retired before it began");
    }
    entry.retire();
  }

  boolean closed() {
    return closes.get() > 0;
  }

  void release() {
    entry.release();
  }

  /** Waits like a departing bundle; how often the instance was closed then. */
  int await() {
    try {
      drains.await(live, Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return closes.get();
  }
}
