package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import lip.core.gateway.Departures.Standing;
import lip.core.gateway.EndCause;
import lip.core.settings.SecretReferences;
import lip.core.snapshot.Entry;
import lip.core.snapshot.LiveBackend;
import lip.core.snapshot.OpenHolders;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.upstream.Timeouts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final InstanceKey DEFAULT = new InstanceKey(FakeKind.PID, "fake");
  private static final InstanceKey MAIN = new InstanceKey(FakeKind.PID, "main");

  private final OpenHolders holders = new OpenHolders();
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile Duration limit = Duration.ofSeconds(30);
  private volatile Publisher.Window window = Publisher.Window.RUNNING;
  private Registry registry;
  private BundleDepartures departures;
  private final FakeKind one = new FakeKind("1.0");
  private final FakeKind two = new FakeKind("1.1");

  @BeforeEach
  void wire() {
    SecretReferences secrets =
        new SecretReferences(_ -> Optional.empty(), Path.of("/none"), Path.of("/none"));
    InstanceMaker maker =
        new InstanceMaker(
            secrets,
            Path.of("/none"),
            _ -> Optional.empty(),
            () -> Timeouts.DEFAULT,
            InstantSource.system(),
            prefix -> prefix + "0");
    Feedback feedback =
        new Feedback() {
          @Override
          public void accepted(InstanceKey key, Configured configuration, boolean deleted) {
            accepted.add(key.id() + (deleted ? " deleted" : " " + configuration.texts()));
          }

          @Override
          public void refused(
              Configured configuration, @Nullable Configured lastGood, String reason) {
            refused.add(
                configuration.texts() + " -> " + (lastGood == null ? "none" : lastGood.texts()));
          }
        };
    registry =
        new Registry(
            maker,
            feedback,
            InstantSource.system(),
            holders,
            () -> limit,
            () -> window,
            Optional::empty);
    departures = new BundleDepartures(registry, () -> limit, List::of);
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop();
  }

  private static Configured config(String name, String interval) {
    return new Configured(
        FakeKind.PID + "~" + name, name + ".cfg", Map.of("interval", interval), true);
  }

  private FakeKind.@Nullable Made made(String id) {
    LiveBackend live = registry.publisher().current().backends().get(id);
    return live == null ? null : (FakeKind.Made) live.entry().instance();
  }

  private int interval(String id) {
    FakeKind.Made made = made(id);
    return made == null ? -1 : made.interval;
  }

  private void settle() {
    await().until(() -> !registry.unsettled(_ -> true));
  }

  private String reason(InstanceKey key) {
    Status status = registry.state().statuses().get(key);
    return status == null ? "gone" : status.state() + " " + status.reason();
  }

  @Test
  void aDefaultInstanceLivesAndAFileChangesItsKeys() {
    registry.add(one.source(1));
    await().until(() -> interval("fake") == 5);
    registry.configure(DEFAULT, new Configured(FakeKind.PID, "f", Map.of("order", "7"), true));
    await().until(() -> made("fake") != null && live("fake").entry().order() == 7);
    assertThat(interval("fake")).isEqualTo(5);
    registry.configure(
        DEFAULT, new Configured(FakeKind.PID, "f", Map.of("enabled", "false"), true));
    await().until(() -> made("fake") == null);
    assertThat(reason(DEFAULT)).startsWith("disabled");
    registry.unconfigure(DEFAULT);
    await().until(() -> interval("fake") == 5);
    assertThat(accepted).contains("fake deleted");
  }

  @Test
  @SuppressWarnings("NullAway") // Plugins are compiled without our checks.
  void defaultsThatCannotBeAreToldAndNeededOnlyWithoutAFile() {
    one.defaults = null;
    registry.add(one.source(1));
    await().until(() -> reason(DEFAULT).contains("its defaults are null"));
    assertThat(reason(DEFAULT)).startsWith("failed");
    registry.configure(DEFAULT, new Configured(FakeKind.PID, "f", Map.of("interval", "8"), true));
    await().until(() -> interval("fake") == 8);
    two.defaults = Optional.of(Map.of("interval", "9".repeat(1_000_000)));
    registry.unconfigure(DEFAULT);
    registry.add(two.source(2));
    await().until(() -> reason(DEFAULT).contains("1000008 characters"));
  }

  private LiveBackend live(String id) {
    return registry.publisher().current().backends().get(id);
  }

  @Test
  void aBadChangeLeavesTheRunningInstanceAndIsPutBack() {
    one.defaults = Optional.empty();
    registry.add(one.source(1));
    registry.configure(MAIN, config("main", "10"));
    await().until(() -> interval("main") == 10);
    Entry<Backend> running = live("main").entry();
    registry.configure(MAIN, config("main", "5000"));
    await().until(() -> refused.contains("{interval=5000} -> {interval=10}"));
    settle();
    assertThat(live("main").entry()).isSameAs(running);
    assertThat(running.retired()).isFalse();
    assertThat(reason(MAIN)).contains("main.cfg: interval = 5000: too large; allowed: 0..1000");
    registry.configure(MAIN, config("main", "20"));
    await().until(() -> interval("main") == 20);
    await().until(() -> one.closed.contains("main=10"));
    assertThat(reason(MAIN)).isEqualTo("active null");
  }

  @Test
  void aCreateThatThrowsAnythingKeepsTheOldOne() {
    registry.add(one.source(1));
    registry.configure(MAIN, config("main", "10"));
    await().until(() -> interval("main") == 10);
    for (Throwable failure :
        List.of(
            new IllegalStateException("boom"),
            new NoClassDefFoundError("x/Y"),
            new InvalidSettings("interval", "odd", "even"))) {
      one.failures.add(failure);
      registry.configure(MAIN, config("main", "1" + one.created.get()));
      await().until(() -> reason(MAIN).contains(failure.getMessage().substring(0, 3)));
      settle();
      assertThat(interval("main")).isEqualTo(10);
      one.failures.clear();
      registry.configure(MAIN, config("main", "10"));
      settle();
    }
  }

  @Test
  void theHighestVersionServesAndDeletingItRollsBack() throws Exception {
    registry.add(two.source(2));
    registry.add(one.source(1));
    await().until(() -> live("fake") != null && live("fake").defaultModel().equals("model-1.1"));
    settle();
    Entry<Backend> newest = live("fake").entry();
    assertThat(newest.acquire()).isTrue();
    Thread leaving = Thread.ofVirtual().start(() -> departQuietly(2));
    await().until(() -> live("fake").defaultModel().equals("model-1.0"));
    assertThat(two.closed).isEmpty();
    assertThat(leaving.isAlive()).isTrue();
    newest.release();
    leaving.join();
    assertThat(two.closed).containsExactly("fake=5");
  }

  private void departQuietly(long bundle) {
    try {
      departures.depart(bundle);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aHigherVersionThatFailsLeavesTheRunningOneAndTakesOverLater() {
    registry.add(one.source(1));
    await().until(() -> interval("fake") == 5);
    two.failures.add(new IllegalStateException("not yet"));
    registry.add(two.source(2));
    await()
        .until(() ->
            departures.standing(2, 1) instanceof Standing.Failed(String r)
                && r.contains("not yet"));
    assertThat(live("fake").defaultModel()).isEqualTo("model-1.0");
    two.failures.clear();
    registry.configure(DEFAULT, new Configured(FakeKind.PID, "f", Map.of("interval", "6"), true));
    await().until(() -> live("fake").defaultModel().equals("model-1.1"));
    await().until(() -> departures.standing(2, 1) instanceof Standing.Live);
  }

  @Test
  void aSupersededBundleGivesWayToALowerVersion() {
    registry.add(two.source(2));
    await().until(() -> interval("fake") == 5);
    departures.supersede(2);
    settle();
    assertThat(live("fake").defaultModel()).isEqualTo("model-1.1");
    registry.add(one.source(3));
    await().until(() -> live("fake").defaultModel().equals("model-1.0"));
    departures.restore(2);
    await().until(() -> live("fake").defaultModel().equals("model-1.1"));
  }

  @Test
  void aReplacedBundleServesUntilItsSuccessorIsThereThoughAnOlderOneIsLeft() {
    registry.add(one.source(1));
    registry.add(two.source(2));
    await().until(() -> live("fake").defaultModel().equals("model-1.1"));
    departures.supersede(2, 4);
    settle();
    assertThat(live("fake").defaultModel()).as("not the oldest, meanwhile").isEqualTo("model-1.1");
    registry.add(one.source(4));
    await().until(() -> live("fake").defaultModel().equals("model-1.0"));
  }

  @Test
  void aReplacementThatCannotBeMadeLetsNobodyOlderIn() {
    registry.add(one.source(1));
    registry.add(two.source(2));
    await().until(() -> serves("model-1.1"));
    departures.supersede(2, 3);
    FakeKind broken = new FakeKind("1.2");
    broken.failures.add(new IllegalStateException("broken"));
    registry.add(broken.source(3));
    await().until(() -> departures.standing(3, 1) instanceof Standing.Failed);
    settle();
    assertThat(serves("model-1.1")).as("goes on, though an older one is left").isTrue();
  }

  @Test
  void whatWasReplacedBeforeDoesNotComeBackWhenItsSuccessorIsReplacedToo() {
    registry.add(two.source(1));
    await().until(() -> serves("model-1.1"));
    departures.supersede(1, 2);
    registry.add(one.source(2));
    await().until(() -> serves("model-1.0"));
    departures.supersede(1, 3);
    departures.supersede(2, 3);
    settle();
    assertThat(serves("model-1.0")).as("until the third is there").isTrue();
    registry.add(new FakeKind("0.9").source(3));
    await().until(() -> serves("model-0.9"));
  }

  @Test
  void whatWasReplacedBeforeDoesNotComeBackWhenTheNextReplacementCannotBeMade() {
    registry.add(two.source(1));
    await().until(() -> serves("model-1.1"));
    departures.supersede(1, 2);
    registry.add(one.source(2));
    await().until(() -> serves("model-1.0"));
    departures.supersede(1, 3);
    departures.supersede(2, 3);
    FakeKind broken = new FakeKind("1.2");
    broken.failures.add(new IllegalStateException("broken"));
    registry.add(broken.source(3));
    await().until(() -> departures.standing(3, 1) instanceof Standing.Failed);
    settle();
    assertThat(serves("model-1.0")).isTrue();
  }

  private boolean serves(String model) {
    LiveBackend live = live("fake");
    return live != null && live.defaultModel().equals(model);
  }

  @Test
  void pastTheLimitHoldersAreRevokedAndTheInstanceIsClosed() throws Exception {
    registry.add(one.source(1));
    await().until(() -> interval("fake") == 5);
    Entry<Backend> entry = live("fake").entry();
    assertThat(entry.acquire()).isTrue();
    List<EndCause> causes = new CopyOnWriteArrayList<>();
    holders.add(
        new OpenHolders.Holder() {
          @Override
          public boolean holds(Entry<?> other) {
            return other == entry;
          }

          @Override
          public void revoke(EndCause cause) {
            causes.add(cause);
            entry.release();
          }
        });
    limit = Duration.ZERO;
    departures.depart(1);
    assertThat(causes).containsExactly(EndCause.DRAIN);
    assertThat(entry.revoked()).isTrue();
    assertThat(one.closed).containsExactly("fake=5");
    assertThat(made("fake")).isNull();
  }

  @Test
  void aSlowCreateHoldsUpNobodyElse() {
    one.defaults = Optional.empty();
    FakeKind slow = one;
    CountDownLatch gate = new CountDownLatch(1);
    registry.add(slow.source(1));
    settle();
    slow.gate = gate;
    registry.configure(MAIN, config("main", "10"));
    await().until(() -> slow.created.get() == 1);
    slow.gate = new CountDownLatch(0);
    registry.configure(new InstanceKey(FakeKind.PID, "other"), config("other", "11"));
    await().until(() -> interval("other") == 11);
    assertThat(made("main")).isNull();
    assertThat(departures.standing(1, 1)).isInstanceOf(Standing.Pending.class);
    gate.countDown();
    await().until(() -> interval("main") == 10);
  }

  @Test
  void aKindThatLeavesWhileItCreatesLeavesNothingBehind() throws Exception {
    one.defaults = Optional.empty();
    one.gate = new CountDownLatch(1);
    registry.add(one.source(1));
    registry.configure(MAIN, config("main", "10"));
    await().until(() -> one.created.get() == 1);
    limit = Duration.ZERO;
    departures.depart(1);
    one.gate.countDown();
    await().until(() -> one.closed.contains("main=10"));
    settle();
    assertThat(registry.state().live()).isEmpty();
  }

  @Test
  void aBurstIsOneGeneration() {
    window = new Publisher.Window(Duration.ofMillis(200), Duration.ofSeconds(20));
    one.defaults = Optional.empty();
    registry.add(one.source(1));
    for (int i = 0; i < 50; i++) {
      registry.configure(new InstanceKey(FakeKind.PID, "i" + i), config("i" + i, "1"));
    }
    await().until(() -> registry.publisher().current().backends().size() == 50);
    assertThat(registry.publisher().current().generation()).isLessThanOrEqualTo(2);
  }

  @Test
  void theOlderClaimOfAnIdStaysInForce() {
    one.defaults = Optional.empty();
    registry.add(one.source(1));
    registry.configure(MAIN, config("main", "10"));
    await().until(() -> interval("main") == 10);
    FakeKind rival = new FakeKind("1.0");
    rival.defaults = Optional.empty();
    Source other = elsewhere(rival);
    registry.add(other);
    InstanceKey same = new InstanceKey("lip.backend.rival", "main");
    registry.configure(same, new Configured("lip.backend.rival~main", null, Map.of(), false));
    await().until(() -> reason(same).contains("the id main is taken by lip.backend.fake~main"));
    registry.unconfigure(MAIN);
    await().until(() -> interval("main") == 100);
  }

  private static Source elsewhere(FakeKind kind) {
    try {
      return new Source(
          lip.core.snapshot.Family.BACKEND,
          kind,
          new lip.core.settings.Metatype.Designate(
              "lip.backend.rival",
              List.of(lip.core.settings.Declared.withDefault("interval", "100"))),
          new Origin(9, "rival", org.osgi.framework.Version.emptyVersion),
          java.time.Instant.now());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noLeaseIsLostWhileConfigurationsChange() throws Exception {
    one.defaults = Optional.empty();
    registry.add(one.source(1));
    registry.configure(MAIN, config("main", "1"));
    await().until(() -> interval("main") == 1);
    var wrong = new CopyOnWriteArrayList<String>();
    Thread client =
        Thread.ofPlatform()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                Entry<Backend> entry = live("main").entry();
                if (entry.acquire()) {
                  FakeKind.Made made = (FakeKind.Made) entry.instance();
                  if (one.closed.contains("main=" + made.interval)) {
                    wrong.add("used after close: " + made.interval);
                  }
                  entry.release();
                }
              }
            });
    for (int i = 2; i < 60; i++) {
      int wanted = i;
      registry.configure(MAIN, config("main", "" + i));
      await().pollInterval(Duration.ofMillis(1)).until(() -> interval("main") == wanted);
    }
    client.interrupt();
    client.join();
    assertThat(wrong).isEmpty();
    await().until(() -> one.closed.size() == 58);
  }
}
