package lip.testing.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;

/** Figures by target and round; a figure that was not measured, or measured wrong, is NaN. */
final class Results {
  private final int rounds;
  private final Map<String, Map<String, double[]>> figures = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final double[] loads;

  Results(int rounds) {
    this.rounds = rounds;
    loads = new double[rounds];
  }

  int rounds() {
    return rounds;
  }

  /** The load average before each round. */
  double[] loads() {
    return loads;
  }

  void put(String target, String figure, int round, double value) {
    figures.computeIfAbsent(target, name -> new LinkedHashMap<>())
            .computeIfAbsent(
                figure,
                name -> {
                  double[] empty = new double[rounds];
                  Arrays.fill(empty, Double.NaN);
                  return empty;
                })[round] =
        value;
  }

  void failed(Target target, String word, int round, String reason) {
    failures.put(word + " of " + target.name() + ", round " + (round + 1), reason);
  }

  /** What went wrong, by where. */
  Map<String, String> failures() {
    return failures;
  }

  /** Whether a case of a target failed in any round. */
  boolean failed(String word, String target) {
    return failures.keySet().stream().anyMatch(key -> key.startsWith(word + " of " + target + ","));
  }

  List<String> targets() {
    return List.copyOf(figures.keySet());
  }

  /** The names of all figures, in order. */
  List<String> names() {
    var names = new TreeSet<String>();
    figures.values().forEach(map -> names.addAll(map.keySet()));
    return List.copyOf(names);
  }

  /** Values by round. */
  double[] values(String target, String figure) {
    double[] none = new double[0];
    Map<String, double[]> map = figures.get(target);
    return map == null ? none : map.getOrDefault(figure, none);
  }

  double median(String target, String figure) {
    return Quartiles.of(values(target, figure)).median();
  }

  /** A figure of one target put together with one of another, round by round. */
  Quartiles paired(
      String target, String figure, String other, String otherFigure, DoubleBinaryOperator how) {
    double[] these = values(target, figure);
    double[] those = values(other, otherFigure);
    double[] pairs = new double[Math.min(these.length, those.length)];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = how.applyAsDouble(these[i], those[i]);
    }
    return Quartiles.of(pairs);
  }

  /** A figure in units of one of nginx. */
  Quartiles ratio(String target, String figure, String nginxFigure) {
    return paired(target, figure, "nginx", nginxFigure, (a, b) -> a / b);
  }

  /** Median with quartiles; NaN when there is nothing. */
  record Quartiles(double low, double median, double high) {
    static Quartiles of(double[] values) {
      double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
      return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    private static double at(double[] sorted, double share) {
      if (sorted.length == 0) {
        return Double.NaN;
      }
      double place = share * (sorted.length - 1);
      int below = (int) Math.floor(place);
      int above = (int) Math.ceil(place);
      return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
  }
}
