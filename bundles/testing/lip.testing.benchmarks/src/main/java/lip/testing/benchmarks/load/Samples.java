package lip.testing.benchmarks.load;

import java.util.Arrays;
import java.util.Map;

/** Durations in nanoseconds, as many as come. */
final class Samples {
  private long[] values = new long[1024];
  private int size;

  void add(long nanos) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = nanos;
  }

  int size() {
    return size;
  }

  /** Puts percentiles in microseconds. */
  void into(Map<String, Double> figures, String name) {
    if (size == 0) {
      return;
    }
    Arrays.sort(values, 0, size);
    figures.put(name + ".p50", at(0.5));
    figures.put(name + ".p90", at(0.9));
    figures.put(name + ".p99", at(0.99));
    figures.put(name + ".p999", at(0.999));
    figures.put(name + ".max", values[size - 1] / 1e3);
  }

  private double at(double share) {
    return values[(int) Math.min(size - 1L, (long) (size * share))] / 1e3;
  }
}
