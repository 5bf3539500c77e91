package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lip.core.gateway.Inventory;
import lip.core.gateway.Inventory.FactView;
import lip.core.gateway.Inventory.InstanceView;
import lip.core.gateway.Inventory.Problem;
import lip.core.pipeline.Blame;
import lip.core.settings.SecretReferences;
import lip.core.snapshot.Family;
import lip.core.snapshot.OpenHolders;
import lip.sdk.backend.Fact;
import lip.sdk.upstream.Timeouts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryInventoryTest {
  private final InstantSource clock = InstantSource.system();
  private volatile Publisher.Window window = Publisher.Window.RUNNING;
  private final OpenHolders holders = new OpenHolders();
  private final Registry registry =
      new Registry(
          new InstanceMaker(
              new SecretReferences(_ -> Optional.empty(), Path.of("/none"), Path.of("/none")),
              Path.of("/none"),
              _ -> Optional.empty(),
              () -> Timeouts.DEFAULT,
              clock,
              prefix -> prefix + "0"),
          new Feedback() {
            @Override
            public void accepted(InstanceKey key, Configured configuration, boolean deleted) {}

            @Override
            public void refused(
                Configured configuration, @Nullable Configured lastGood, String reason) {}
          },
          clock,
          holders,
          () -> Duration.ofSeconds(5),
          () -> window,
          Optional::empty);
  private List<Problem> lacking = List.of();
  private final Inventory inventory =
      new RegistryInventory(
          registry,
          holders,
          new Problems(clock),
          () -> lacking,
          List::of,
          List::of,
          new Facts(new Blame(clock), Duration.ofSeconds(60)));

  @BeforeEach
  void start() {
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop();
  }

  @Test
  void aKindWithoutAnInstanceWaitsSinceItArrived() {
    registry.add(Lives.source(Family.FRONTEND, "plain", 1));
    InstanceView waiting = inventory.view().instances().getFirst();
    assertThat(waiting.state()).isEqualTo("waiting");
    assertThat(waiting.reason()).contains("write lip.frontend.plain~NAME.cfg");
    assertThat(waiting.changed()).isEqualTo(Lives.BORN);
  }

  @Test
  void anInstanceIsActiveWhenRequestsMeetIt() {
    FakeKind kind = new FakeKind("1.0.0");
    window = new Publisher.Window(Duration.ofHours(1), Duration.ofHours(1));
    registry.add(kind.source(1));
    await().until(() -> !registry.workers().busy(_ -> true));
    assertThat(fake().state()).isEqualTo("starting");
    registry.publisher().flush();
    assertThat(fake().state()).isEqualTo("active");
    long bundle = fake().bundleId();

    registry.add(new FakeKind("1.1.0").source(2));
    await().until(() -> !registry.workers().busy(_ -> true));
    assertThat(fake().state()).isEqualTo("active");
    assertThat(fake().bundleId()).isEqualTo(bundle);
    registry.publisher().flush();
    assertThat(fake().bundleId()).isNotEqualTo(bundle);
  }

  private InstanceView fake() {
    return inventory.view().instances().stream()
        .filter(view -> view.id().equals("fake") && !view.state().equals("draining"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatABackendSaysAboutItselfStandsBesideIt() {
    FakeKind kind = new FakeKind("1.0.0");
    kind.facts = () -> List.of(new Fact("key", "env:KEY_2", "ready"));
    registry.add(kind.source(1));
    await().until(() -> !registry.workers().busy(_ -> true));
    registry.publisher().flush();
    assertThat(fake().facts()).containsExactly(new FactView("key", "env:KEY_2", "ready"));
    assertThat(fake().leases()).isZero();
  }

  @Test
  void whatFailsWhileItIsAskedIsSaidAndCounted() {
    FakeKind kind = new FakeKind("1.0.0");
    kind.facts =
        () -> {
          throw new StackOverflowError();
        };
    registry.add(kind.source(1));
    await().until(() -> !registry.workers().busy(_ -> true));
    registry.publisher().flush();
    assertThat(fake().facts()).containsExactly(new FactView("facts", "", "failed, see the log"));
    assertThat(fake().errors()).isEqualTo(2);
    assertThat(fake().state()).isEqualTo("active");
  }

  @Test
  void whatIsMandatoryAndMissingIsAProblem() {
    lacking = List.of(new Problem("frontend/x", "mandatory, but not live", Instant.now()));
    assertThat(inventory.view().problems()).isEqualTo(lacking);
  }
}
