package lip.testing.system.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One value that stands out changes no trend; a steady rise shows. */
class TrendTest {
  @Test
  void whatWaversDoesNotGrow() {
    assertThat(Trend.growth(List.of(10.0, 12.0, 9.0, 11.0, 30.0, 10.0, 10.0)))
        .isCloseTo(0, within(1.0));
  }

  @Test
  void aSteadyRiseShows() {
    assertThat(Trend.growth(List.of(52.0, 63.0, 76.0, 86.0))).isCloseTo(34, within(1.0));
    assertThat(Trend.relativeGrowth(List.of(100.0, 101.0, 102.0, 103.0)))
        .isCloseTo(0.03, within(1e-9));
  }

  @Test
  void windowsAreSeenByTheirMedians() {
    List<Double> values = List.of(1.0, 100.0, 1.0, 2.0, 2.0, 0.0);

    assertThat(Trend.medians(values, 2)).containsExactly(1.0, 2.0);
    assertThat(Trend.medians(List.of(), 6)).isEmpty();
    assertThat(Trend.growth(List.of())).isZero();
  }
}
