package lip.testing.benchmarks.load;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one order gave, times in microseconds.
 *
 * @param figures by name: done, wrong, seconds, connections, {@code latency.p50} ...
 * @param problem the first wrong answer; empty when there was none
 */
public record Reading(Map<String, Double> figures, String problem) {

  /** A figure; NaN when it was not measured. */
  public double figure(String name) {
    return figures.getOrDefault(name, Double.NaN);
  }

  /** As a line, its members separated by tabs. */
  public String line() {
    var line = new StringBuilder("reading");
    figures.forEach(
        (name, value) -> line.append(String.format(Locale.ROOT, "\t%s=%.3f", name, value)));
    return line.append("\tproblem=").append(problem.replaceAll("\\s+", " ")).toString();
  }

  /** The opposite of {@link #line}. */
  public static Reading parse(String line) {
    Map<String, Double> figures = new HashMap<>();
    String problem = "";
    for (String word : line.split("\t", -1)) {
      int at = word.indexOf('=');
      if (word.startsWith("problem=")) {
        problem = word.substring(at + 1);
      } else if (at > 0) {
        figures.put(word.substring(0, at), Double.valueOf(word.substring(at + 1)));
      }
    }
    return new Reading(figures, problem);
  }
}
