package lip.core.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Deviation.Effect;
import lip.sdk.fidelity.Deviation.Way;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.Test;

class WordingTest {
  private final Deviations deviations = new Deviations();

  @Test
  void aReportIsAListOfItems() {
    deviations.lost("seed", "no such field there");
    deviations.lost("seed", "no such field there");
    deviations.mapped("stop", "stop_sequences", "its name there");
    deviations.report(Deviation.lostInAnswer("citations", "no form"));
    assertThat(Wording.header(deviations.report()))
        .isEqualTo(
            "total;lost=3;mapped=1,"
                + " lost;field=\"seed\";way=request;reason=\"no such field there\";times=2,"
                + " mapped;field=\"stop\";to=\"stop_sequences\";way=request;reason=\"its name"
                + " there\", lost;field=\"citations\";way=answer;reason=\"no form\"");
    assertThat(Wording.line(deviations.report()))
        .isEqualTo(
            "lost request seed x2 (no such field there), mapped request stop -> stop_sequences (its"
                + " name there), lost answer citations (no form)");
    assertThat(Wording.header(FidelityReport.NONE)).isEqualTo("total;lost=0;mapped=0");
  }

  @Test
  void hostileNamesStayInsideTheirQuotes() {
    deviations.lost("a\"\r\nSet-Cookie: x=\\y\u20ac\0", "why\n\u2028not");
    String header = Wording.header(deviations.report());
    assertThat(header)
        .contains("field=\"a\\\"??Set-Cookie: x=\\\\y??\"")
        .contains("reason=\"why??not\"")
        .matches("[ -~]*");
    assertThat(new Headers.Field("X-LIP-Fidelity", header).value()).isEqualTo(header);
    assertThat(Wording.line(deviations.report())).matches("[ -~]*").contains("\\u000d\\u000aSet");
    assertThat(Wording.route("b", "m\"\r\n" + "x".repeat(2_000), "inventory", 2))
        .startsWith("\"b:m\\\"??xxx")
        .endsWith("...\";reason=inventory;attempt=2")
        .matches("[ -~]*")
        .hasSizeLessThan(400);
  }

  @Test
  void tenThousandLossesStayBounded() {
    for (int i = 0; i < 10_000; i++) {
      deviations.lost("field " + i + "\"\\".repeat(500), "because\\".repeat(500));
    }
    FidelityReport report = deviations.report();
    assertThat(report.lost()).isEqualTo(10_000);
    assertThat(report.entries()).hasSize(Deviations.MOST);
    assertThat(report.unnamed()).isEqualTo(10_000 - Deviations.MOST);
    String header = Wording.header(report);
    assertThat(header).hasSizeLessThanOrEqualTo(Wording.MOST_HEADER).contains("lost=10000");
    long shown = header.split(", lost;", -1).length - 1L;
    assertThat(shown).isPositive();
    assertThat(header).endsWith(", more;count=" + (10_000 - shown));
    assertThat(Wording.line(report)).hasSizeLessThan(2_100).contains("lost request field 0");
  }

  @Test
  void theSameLossIsCountedHoweverManyThereAre() {
    for (int i = 0; i < 100; i++) {
      deviations.lost("field " + i, "because");
    }
    deviations.lost("field 0", "because");
    FidelityReport report = deviations.report();
    assertThat(report.entries().getFirst().times()).isEqualTo(2);
    assertThat(report.unnamed()).isEqualTo(100 - Deviations.MOST);
  }

  @Test
  void aDeviationSaysWhatItBecameExactlyWhenItIsMapped() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Deviation(Effect.LOST, Way.REQUEST, "a", "b", "c"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Deviation(Effect.MAPPED, Way.REQUEST, "a", null, "c"));
    assertThat(Deviation.mapped("f".repeat(200), "t".repeat(200), "r".repeat(300)))
        .satisfies(cut -> {
          assertThat(cut.field()).hasSize(120).endsWith("...");
          assertThat(cut.became()).hasSize(120);
          assertThat(cut.reason()).hasSize(200);
        });
  }

  @Test
  void aClientAsksByWords() {
    assertThat(DebugWish.of(Headers.NONE)).isEqualTo(DebugWish.NONE);
    assertThat(wish("1")).isEqualTo(new DebugWish(true, true));
    assertThat(wish(" Fidelity , younger")).isEqualTo(new DebugWish(false, true));
    assertThat(wish("route")).isEqualTo(new DebugWish(true, false));
    assertThat(wish("0")).isEqualTo(DebugWish.NONE);
    assertThat(wish("route," + "x".repeat(10_000))).isEqualTo(DebugWish.NONE);
  }

  private static DebugWish wish(String said) {
    return DebugWish.of(Headers.of("x-lip-debug", said));
  }
}
