package lip.testing.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RacesTest {
  private static final String LEASE = "TakenWhileRetired";

  @Test
  void racesAreFoundByName() {
    assertThat(new Races(List.of(), List.of()).chosen()).hasSizeGreaterThan(10);
    assertThat(new Races(List.of(LEASE, ".deploy."), List.of()).chosen())
        .contains("lip.core.snapshot." + LEASE, "lip.operations.deploy.StateWhileReplaced")
        .doesNotContain("lip.core.http.TakenByBoth");
  }

  @Test
  void nothingTriedIsNoSuccess() throws Exception {
    Races.Verdict verdict = new Races(List.of("NoSuchRace"), List.of()).run(Duration.ofSeconds(1));

    assertThat(verdict.forbidden()).isZero();
    assertThat(verdict.passed()).isFalse();
  }

  @Test
  @Tag("long")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noForbiddenOutcome() throws Exception {
    Races.Verdict verdict = new Races(List.of(), List.of()).run(Duration.ofSeconds(60));

    assertThat(verdict.passed()).as("%s", verdict).isTrue();
  }

  /** The races would see a lease that is taken without the second look at the mark. */
  @Test
  @Tag("long")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void aLeaseWithoutTheSecondLookIsFound() throws Exception {
    var races = new Races(List.of(LEASE), List.of(Races.UNCHECKED));
    Races.Verdict verdict = races.run(Duration.ofSeconds(20));
    // It is rare: on a busy machine the two threads may hardly ever run at the same time.
    for (int again = 0; again < 5 && verdict.forbidden() == 0; again++) {
      verdict = races.run(Duration.ofSeconds(40));
    }

    assertThat(verdict.missing()).isEmpty();
    assertThat(verdict.forbidden()).isPositive();
    assertThat(verdict.passed()).isFalse();
  }
}
