package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import lip.core.gateway.ConfigurationCheck.Finding;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Finding BAD = new Finding(true, "f.cfg", "key", "v", "bad", null);

  @Test
  void theFindingsOfACheckThatComesBackArePassedOn() {
    Patience patience = new Patience(Duration.ofSeconds(60));
    assertThat(patience.check("pid", "f.cfg", () -> List.of(BAD))).containsExactly(BAD);
    assertThatThrownBy(() ->
            patience.check(
                "pid",
                null,
                () -> {
                  throw new IllegalStateException("ours");
                }))
        .hasRootCauseMessage("ours");
  }

  @Test
  void aCheckThatHangsIsNotWaitedForAndNotBegunAgainWhileItHangs() {
    Patience patience = new Patience(Duration.ofSeconds(1));
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    List<Finding> said = patience.check("slow", "f.cfg", () -> hang(gate, begun, ended));
    assertThat(said)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.error()).isFalse();
          assertThat(finding.line())
              .isEqualTo("f.cfg: create takes longer than 1 s; not waited for");
        });
    assertThat(patience.check("slow", "f.cfg", () -> List.of(BAD))).isEqualTo(said);
    assertThat(begun).hasValue(1);
    assertThat(patience.check("other", "f.cfg", () -> List.of(BAD))).containsExactly(BAD);
    gate.countDown();
    await().until(() -> ended.get() == 1);
    await().until(() -> patience.check("slow", "f.cfg", () -> List.of(BAD)).contains(BAD));
  }

  /** Plugin code that does not care for interrupts. */
  private static List<Finding> hang(CountDownLatch gate, AtomicInteger begun, AtomicInteger ended) {
    begun.incrementAndGet();
    boolean open = false;
    while (!open) {
      try {
        gate.await();
        open = true;
      } catch (InterruptedException _) {
        open = false;
      }
    }
    ended.incrementAndGet();
    return List.of();
  }
}
