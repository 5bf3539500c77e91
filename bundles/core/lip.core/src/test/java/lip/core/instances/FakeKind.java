package lip.core.instances;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lip.api.capability.Capabilities;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.core.settings.Declared;
import lip.core.settings.Metatype.Designate;
import lip.core.snapshot.Family;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import lip.sdk.backend.Fact;
import lip.sdk.settings.Range;
import org.osgi.framework.Version;

/**
 * A backend kind that tells what became of its instances and can be told to fail or to take its
 * time.
 */
final class FakeKind implements BackendKind<FakeKind.Settings> {
  static final String PID = "lip.backend.fake";

  /** Settings. */
  interface Settings {
    @Range(min = "0", max = "1000")
    int interval();
  }

  final AtomicInteger created = new AtomicInteger();
  final List<String> closed = new CopyOnWriteArrayList<>();
  final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile Optional<Map<String, String>> defaults = Optional.of(Map.of("interval", "5"));
  volatile Supplier<List<Fact>> facts = List::of;
  private final String version;

  FakeKind(String version) {
    this.version = version;
  }

  Source source(long bundleId) {
    try {
      return new Source(
          Family.BACKEND,
          this,
          new Designate(PID, List.of(Declared.withDefault("interval", "100"))),
          new Origin(bundleId, "fake", Version.parseVersion(version)),
          Lives.BORN);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String id() {
    return "fake";
  }

  @Override
  public String defaultModel() {
    return "model-" + version;
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return defaults;
  }

  @Override
  public Backend create(Instance instance, Settings settings) throws InvalidSettings {
    created.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    switch (failures.peek()) {
      case InvalidSettings e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
    return new Made(instance.id(), settings.interval());
  }

  /** An instance. */
  final class Made implements Backend {
    final String id;
    final int interval;

    Made(String id, int interval) {
      this.id = id;
      this.interval = interval;
    }

    @Override
    public EventStream open(Attempt attempt) throws UpstreamFailure {
      throw UpstreamFailure.unsupported("open");
    }

    @Override
    public Capabilities capabilities(String model) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Fact> facts() {
      return facts.get();
    }

    @Override
    public void close() {
      closed.add(id + "=" + interval);
    }
  }
}
