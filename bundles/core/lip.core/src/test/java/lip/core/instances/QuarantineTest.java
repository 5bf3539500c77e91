package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import lip.core.gateway.Inventory;
import lip.core.gateway.Inventory.InstanceView;
import lip.core.gateway.Inventory.Problem;
import lip.core.instances.MountedThreads.Mounted;
import lip.core.pipeline.Blame;
import lip.core.settings.SecretReferences;
import lip.core.snapshot.Entry;
import lip.core.snapshot.LiveBackend;
import lip.core.snapshot.OpenHolders;
import lip.sdk.backend.Backend;
import lip.sdk.upstream.Timeouts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private final InstantSource clock = InstantSource.system();
  private final OpenHolders holders = new OpenHolders();
  private final Problems problems = new Problems(clock);
  private final Registry registry =
      new Registry(
          new InstanceMaker(
              new SecretReferences(_ -> Optional.empty(), Path.of("/none"), Path.of("/none")),
              Path.of("/none"),
              _ -> Optional.empty(),
              () -> Timeouts.DEFAULT,
              clock,
              prefix -> prefix + "0"),
          new Silent(),
          clock,
          holders,
          () -> Duration.ofSeconds(5),
          () -> Publisher.Window.RUNNING,
          Optional::empty);
  private final Inventory inventory =
      new RegistryInventory(
          registry,
          holders,
          problems,
          List::of,
          List::of,
          List::of,
          new Facts(new Blame(clock), Duration.ofSeconds(60)));
  private final AtomicLong cpu = new AtomicLong();
  private List<Mounted> mounted = List.of();
  private final Quarantine quarantine =
      new Quarantine(
          new Burners(
              () -> mounted,
              _ -> cpu.addAndGet(1_000_000_000),
              name -> name.startsWith("fake.") ? Set.of("fake") : Set.of(),
              Duration.ZERO),
          registry,
          problems,
          2);

  /** Nobody to tell. */
  private static final class Silent implements Feedback {
    @Override
    public void accepted(InstanceKey key, Configured configuration, boolean deleted) {}

    @Override
    public void refused(Configured configuration, @Nullable Configured lastGood, String reason) {}
  }

  @BeforeEach
  void start() {
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop();
  }

  private @Nullable LiveBackend live() {
    return registry.publisher().current().backends().get("fake");
  }

  private String model() {
    LiveBackend live = live();
    return live == null ? "none" : live.defaultModel();
  }

  @Test
  void theBurningPluginIsNamedAndTakesNoNewRequestWhileItsOldOnesGoOn() throws Exception {
    FakeKind kind = new FakeKind("1.0");
    registry.add(kind.source(7));
    await().until(() -> model().equals("model-1.0"));
    Entry<Backend> entry = Objects.requireNonNull(live()).entry();
    assertThat(entry.acquire()).isTrue();
    mounted =
        List.of(
            new Mounted(1, 11, List.of("fake.Loop")),
            new Mounted(2, 12, List.of("fake.Loop")),
            new Mounted(3, 13, List.of("fake.Loop")));
    quarantine.starved();
    await().until(() -> model().equals("none"));
    assertThat(problems.all())
        .extracting(Problem::reason)
        .containsExactly("fake burns CPU: restart needed, 2 cores lost");
    InstanceView view = inventory.view().instances().getFirst();
    assertThat(view.state()).isEqualTo("quarantined");
    assertThat(view.leases()).isEqualTo(1);
    assertThat(entry.retired()).isFalse();
    assertThat(entry.revoked()).isFalse();
    assertThat(kind.closed).isEmpty();
  }

  @Test
  void anotherVersionTakesOver() throws Exception {
    FakeKind newer = new FakeKind("1.1");
    registry.add(newer.source(8));
    await().until(() -> model().equals("model-1.1"));
    Entry<Backend> entry = Objects.requireNonNull(live()).entry();
    assertThat(entry.acquire()).isTrue();
    registry.add(new FakeKind("1.0").source(7));
    await().until(() -> !registry.unsettled(_ -> true));
    mounted = List.of(new Mounted(1, 11, List.of("fake.Loop")));
    quarantine.starved();
    await().until(() -> model().equals("model-1.0"));
    entry.release();
    await().until(() -> newer.closed.contains("fake=5"));
    assertThat(inventory.view().instances())
        .extracting(InstanceView::state)
        .containsExactly("active");
  }

  @Test
  void whenNobodyIsFoundNobodyIsQuarantined() throws Exception {
    registry.add(new FakeKind("1.0").source(7));
    await().until(() -> model().equals("model-1.0"));
    quarantine.starved();
    assertThat(problems.all()).extracting(Problem::subject).containsExactly("process");
    assertThat(registry.state().quarantined()).isEmpty();
  }
}
