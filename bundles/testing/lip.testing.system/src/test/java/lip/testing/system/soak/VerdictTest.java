package lip.testing.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each thing that grows turns the verdict red. */
class VerdictTest {
  private static final long HOUR = 3_600;

  private static List<Sample> samples(int count, int rssStep, int heapStep, int step) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Sample(
                i * 60L,
                300_000 + (long) i * rssStep,
                12_000 + (long) i * heapStep,
                50 + (long) i * step,
                74 + (long) i * step,
                36 + (long) i * step,
                42 + (long) i * step))
        .toList();
  }

  private static Verdict flat(int answers, int changes) {
    return Verdict.of(answers, changes, HOUR, samples(60, 0, 0, 0), samples(7, 0, 0, 0));
  }

  @Test
  void nothingWrongPasses() {
    assertThat(flat(0, 0).passed()).isTrue();
  }

  @Test
  void aWrongAnswerOrChangeFails() {
    assertThat(flat(1, 0).passed()).isFalse();
    assertThat(flat(0, 1).passed()).isFalse();
  }

  @Test
  void memoryThatGrowsFailsALongRun() {
    List<Sample> grows = samples(60, 200, 0, 0);
    List<Sample> flat = samples(7, 0, 0, 0);

    assertThat(Verdict.of(0, 0, HOUR, grows, flat).passed()).isFalse();
    assertThat(Verdict.of(0, 0, HOUR, samples(60, 50, 0, 0), flat).passed()).isTrue();
    assertThat(Verdict.of(0, 0, 300, grows, flat).passed()).isTrue();
    assertThat(Verdict.of(0, 0, HOUR, samples(60, 0, 0, 0), samples(7, 0, 200, 0)).passed())
        .isFalse();
  }

  @Test
  void aCountThatGrowsFailsAlsoAShortRun() {
    Verdict verdict = Verdict.of(0, 0, 120, samples(60, 0, 0, 0), samples(4, 0, 0, 1));

    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.lines()).anyMatch(line -> line.startsWith("WRONG class loaders"));
  }

  @Test
  void aRunWithoutASampleSaysSo() {
    assertThat(Verdict.of(0, 0, HOUR, List.of(), List.of()).passed()).isFalse();
  }
}
