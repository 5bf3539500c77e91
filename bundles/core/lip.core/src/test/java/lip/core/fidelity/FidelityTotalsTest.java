package lip.core.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lip.core.gateway.Inventory.FidelityView;
import org.junit.jupiter.api.Test;

class FidelityTotalsTest {
  private final FidelityTotals totals = new FidelityTotals();

  private static FidelityReport lost(String... fields) {
    Deviations deviations = new Deviations();
    for (String field : fields) {
      deviations.lost(field, "because");
    }
    deviations.mapped("stop", "stop_sequences", "because");
    return deviations.report();
  }

  @Test
  void pairsAreSummedAndSorted() {
    totals.add("b", "x", lost("seed"), Instant.EPOCH);
    totals.add("a", "y", lost("top_k", "top_k"), Instant.EPOCH);
    totals.add("b", "x", lost("n", "seed"), Instant.EPOCH.plusSeconds(5));
    assertThat(totals.views())
        .containsExactly(
            new FidelityView("a", "y", 1, 1, 2, java.util.List.of("top_k"), Instant.EPOCH),
            new FidelityView(
                "b", "x", 2, 2, 3, java.util.List.of("seed", "n"), Instant.EPOCH.plusSeconds(5)));
  }

  @Test
  void pairsAndNamesAreBoundedAndTheLastOnesStay() {
    for (int i = 0; i < 10_000; i++) {
      totals.add("f", "b" + i, lost("x" + i, "y" + i), Instant.EPOCH);
      totals.add("f", "always", lost("x" + i, "y" + i), Instant.EPOCH);
    }
    assertThat(totals.views())
        .hasSize(FidelityTotals.MOST_PAIRS)
        .extracting(FidelityView::backend)
        .contains("always", "b9999")
        .doesNotContain("b1");
    FidelityView always =
        totals.views().stream().filter(v -> v.backend().equals("always")).findFirst().orElseThrow();
    assertThat(always.requests()).isEqualTo(10_000);
    assertThat(always.lastLost()).hasSize(FidelityTotals.MOST_NAMES).startsWith("y9999", "x9999");
  }

  @Test
  void aLossIsNewsOnceAnHour() {
    Instant hour = Instant.EPOCH.plus(FidelityTotals.SAID_FOR);
    assertThat(totals.add("f", "b", lost("seed"), Instant.EPOCH)).isTrue();
    assertThat(totals.add("f", "b", lost("seed", "seed"), hour.minusMillis(1))).isFalse();
    assertThat(totals.add("f", "c", lost("seed"), hour.minusMillis(1))).isTrue();
    assertThat(totals.add("f", "b", lost(), hour.minusMillis(1))).as("mappings alone").isFalse();
    assertThat(totals.add("f", "b", lost("seed"), hour)).isTrue();
    assertThat(totals.add("f", "b", lost("seed", "n"), hour)).isTrue();
    assertThat(totals.add("f", "b", lost("seed", "n"), hour.plusSeconds(1))).isFalse();
  }

  @Test
  void namesThatClientsMakeUpDoNotGrowTheMemory() {
    for (int i = 0; i < 10 * FidelityTotals.MOST_SAID; i++) {
      assertThat(totals.add("f", "b", lost("x" + i), Instant.EPOCH)).isTrue();
    }
    assertThat(totals.add("f", "b", lost("x0"), Instant.EPOCH)).as("forgotten").isTrue();
  }
}
