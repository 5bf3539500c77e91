package lip.testing.system.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What a run shows. Memory is judged by medians of windows under load, what must not grow by the
 * moments of rest between them; both begin behind the warm-up.
 */
final class Verdict {
  private static final int WINDOWS = 6;
  private static final double RSS_DRIFT = 0.02;
  private static final double HEAP_GROWTH = 0.05;

  /**
   * What a bundle that is gone may cost: the framework (Felix 7.0.5) keeps its record, without its
   * class loader. A loader of a small plugin would be ten times as much.
   */
  private static final double RECORD_KB = 16;

  /** Shorter runs are still warming up: their memory is shown, not judged. */
  private static final long MEMORY_FROM_SECONDS = 20 * 60;

  private final List<String> lines = new ArrayList<>();
  private boolean passed = true;

  /**
   * Judges.
   *
   * @param answers wrong answers
   * @param changes failed changes
   * @param seconds length of the run
   * @param loaded samples under load behind the warm-up
   * @param rests samples at rest behind the warm-up
   */
  static Verdict of(
      int answers, int changes, long seconds, List<Sample> loaded, List<Sample> rests) {
    var verdict = new Verdict();
    verdict.line(answers == 0, "wrong answers " + answers);
    verdict.line(changes == 0, "failed changes " + changes);
    boolean judged = seconds >= MEMORY_FROM_SECONDS;
    verdict.line(
        !judged || !(loaded.isEmpty() || rests.isEmpty()),
        "samples under load " + loaded.size() + ", at rest " + rests.size());
    List<Double> rss = Trend.medians(values(loaded, Sample::rss), WINDOWS);
    double drift = Trend.relativeGrowth(rss);
    verdict.line(
        !judged || drift < RSS_DRIFT,
        "RSS drift %+.1f %% over windows of %s MB%s"
            .formatted(drift * 100, megabytes(rss), judged ? "" : ", not judged below 20 minutes"));
    List<Double> heap = values(rests, Sample::heap);
    double growth = Trend.relativeGrowth(heap);
    double records = Trend.growth(values(rests, Sample::revisions));
    boolean explained = Trend.growth(heap) <= RECORD_KB * records;
    verdict.line(
        !judged || growth < HEAP_GROWTH || explained,
        "heap held at rest %+.1f %% over %s MB%s"
            .formatted(
                growth * 100, megabytes(heap), judged ? "" : ", not judged below 20 minutes"));
    verdict.count("class loaders", 0, rests, Sample::loaders);
    verdict.line(
        true,
        "records of uninstalled bundles %+.1f (kept by the framework, not judged)"
            .formatted(records));
    verdict.count("threads", 2, rests, Sample::threads);
    verdict.count("descriptors", 2, rests, Sample::descriptors);
    return verdict;
  }

  /** A count may waver by a few, and must not rise. */
  private void count(String what, int tolerance, List<Sample> rests, ToLongFunction<Sample> value) {
    List<Double> counts = values(rests, value);
    double growth = Trend.growth(counts);
    line(
        growth < tolerance + 0.5,
        "%s at rest %+.1f over %s"
            .formatted(
                what,
                growth,
                counts.stream().map(count -> Long.toString(count.longValue())).toList()));
  }

  private static List<Double> values(List<Sample> samples, ToLongFunction<Sample> value) {
    return samples.stream().map(sample -> (double) value.applyAsLong(sample)).toList();
  }

  private static List<String> megabytes(List<Double> kilobytes) {
    return kilobytes.stream().map(kb -> String.format(Locale.ROOT, "%.1f", kb / 1024)).toList();
  }

  private void line(boolean well, String text) {
    lines.add((well ? "ok    " : "WRONG ") + text);
    passed &= well;
  }

  /** One for each thing that is judged. */
  List<String> lines() {
    return lines;
  }

  /** Whether all is well. */
  boolean passed() {
    return passed;
  }
}
