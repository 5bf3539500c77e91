package lip.testing.system.soak;

import java.util.ArrayList;
import java.util.List;

/** How values change over time, undisturbed by single ones that stand out. Pure. */
final class Trend {
  private Trend() {}

  /** The one in the middle. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Medians of so many windows of equal size; what is too little for a window is left out. */
  static List<Double> medians(List<Double> values, int windows) {
    List<Double> medians = new ArrayList<>();
    int size = values.size();
    for (int i = 0; i < windows; i++) {
      List<Double> window = values.subList(i * size / windows, (i + 1) * size / windows);
      if (!window.isEmpty()) {
        medians.add(median(window));
      }
    }
    return medians;
  }

  /** Growth from the first value to the last by the median of all slopes between two of them. */
  static double growth(List<Double> values) {
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      for (int k = i + 1; k < values.size(); k++) {
        slopes.add((values.get(k) - values.get(i)) / (k - i));
      }
    }
    return slopes.isEmpty() ? 0 : median(slopes) * (values.size() - 1);
  }

  /** The same as a share of the first value. */
  static double relativeGrowth(List<Double> values) {
    return values.isEmpty() ? 0 : growth(values) / values.getFirst();
  }
}
