package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lip.api.capability.Capabilities;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.core.gateway.Inventory.FactView;
import lip.core.pipeline.Blame;
import lip.core.snapshot.Family;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.Fact;
import org.junit.jupiter.api.Test;

class FactsTest {
  private static final Fact READY = new Fact("key", "env:KEY", "ready");
  private static final FactView SHOWN = new FactView("key", "env:KEY", "ready");
  private static final FactView SLOW = new FactView("facts", "", "not told in time");
  private static final FactView FAILED = new FactView("facts", "", "failed, see the log");

  private final Facts facts = new Facts(new Blame(InstantSource.system()), Duration.ofSeconds(60));
  private final Facts hasty = new Facts(new Blame(InstantSource.system()), Duration.ofMillis(500));

  private record Told(Supplier<List<Fact>> told) implements Backend {
    @Override
    public EventStream open(Attempt attempt) throws UpstreamFailure {
      throw UpstreamFailure.unsupported("open");
    }

    @Override
    public Capabilities capabilities(String model) {
      return Capabilities.of();
    }

    @Override
    public List<Fact> facts() {
      return told.get();
    }
  }

  private static Live backend(String id, Supplier<List<Fact>> told) {
    return Lives.backend(Lives.source(Family.BACKEND, "fake", 1), id, new Told(told));
  }

  @Test
  void backendsAreAskedAndNobodyElse() {
    Live backend = backend("b", () -> List.of(READY));
    Live frontend = Lives.frontend(Lives.source(Family.FRONTEND, "plain", 2), "f");
    assertThat(facts.of(List.of(backend, frontend)))
        .containsOnlyKeys(backend)
        .containsEntry(backend, List.of(SHOWN));
  }

  @Test
  void numberLengthAndCharactersAreBounded() {
    Fact wild = new Fact("key\n", "\u0000".repeat(300), "x".repeat(100_000));
    Live backend = backend("b", () -> Collections.nCopies(1_000, wild));
    List<FactView> told = facts.of(List.of(backend)).get(backend);
    assertThat(told)
        .hasSize(Facts.MOST)
        .allSatisfy(fact -> {
          assertThat(fact.topic()).isEqualTo("key\\u000a");
          assertThat(fact.name()).matches("[ -~]{1,1300}");
          assertThat(fact.state()).hasSize(203);
        });
  }

  @Test
  void whoFailsIsBlamedAndTheOthersAreShown() {
    Live good = backend("good", () -> List.of(READY));
    Live broken =
        backend(
            "broken",
            () -> {
              throw new LinkageError("gone");
            });
    Live nothing = backend("nothing", () -> null);
    Live hole = backend("hole", () -> Arrays.asList(READY, null));
    var told = facts.of(List.of(good, broken, nothing, hole));
    assertThat(told).containsEntry(good, List.of(SHOWN));
    for (Live bad : List.of(broken, nothing, hole)) {
      assertThat(told).containsEntry(bad, List.of(FAILED));
      assertThat(bad.entry().errors()).isEqualTo(1);
      assertThat(bad.entry().leases()).isZero();
    }
  }

  @Test
  void whoHangsIsNotWaitedForAndNotAskedAgainWhileItHangs() {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Live slow =
        backend(
            "slow",
            () -> {
              asked.incrementAndGet();
              boolean open = false;
              while (!open) {
                try {
                  gate.await();
                  open = true;
                } catch (InterruptedException _) {
                  // Plugins may do that.
                }
              }
              return List.of(READY);
            });
    Live good = backend("good", () -> List.of(READY));
    assertThat(hasty.of(List.of(slow, good)))
        .containsEntry(slow, List.of(SLOW))
        .containsEntry(good, List.of(SHOWN));
    assertThat(slow.entry().leases()).isEqualTo(1);
    assertThat(hasty.of(List.of(slow))).containsEntry(slow, List.of(SLOW));
    assertThat(asked).hasValue(1);
    gate.countDown();
    await().until(() -> hasty.of(List.of(slow)).get(slow).equals(List.of(SHOWN)));
    assertThat(slow.entry().leases()).isZero();
  }

  @Test
  void whoLeavesIsNotCalled() {
    AtomicInteger asked = new AtomicInteger();
    Live gone =
        backend(
            "gone",
            () -> {
              asked.incrementAndGet();
              return List.of(READY);
            });
    gone.entry().retire();
    Live revoked =
        backend(
            "revoked",
            () -> {
              asked.incrementAndGet();
              return List.of(READY);
            });
    revoked.entry().revoke();
    assertThat(facts.of(List.of(gone, revoked)).values()).containsOnly(List.of());
    assertThat(asked).hasValue(0);
  }
}
