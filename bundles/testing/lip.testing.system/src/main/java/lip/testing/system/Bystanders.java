package lip.testing.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Well-behaved streams and requests that must not notice what happens beside them: the content of
 * each answer is checked. Used by one thread.
 */
public final class Bystanders implements AutoCloseable {
  private final Load load;

  private Bystanders(Load load) {
    this.load = load;
  }

  /**
   * Begins: each stream has begun when this returns.
   *
   * @param mark backend instance of {@link PluginJars#mark}
   * @param streams how many
   * @param shape of each stream: {@code 40x50} is 40 cells, one every 50 ms
   */
  public static Bystanders begin(Instance instance, String mark, int streams, String shape) {
    var load = new Load(instance, Traffic.chat(mark + ":3x0"));
    try {
      int open = load.open(streams, Traffic.chat(mark + ":" + shape));
      if (open == 0) {
        throw new IllegalStateException("no stream is open: " + load.streams().reasons());
      }
      return new Bystanders(load);
    } catch (RuntimeException e) {
      load.close();
      throw e;
    }
  }

  /** Streams that have not ended. */
  public int open() {
    return load.open();
  }

  /** Longest pause inside a stream so far, ms. */
  public long longestGap() {
    return load.streams().longestGap();
  }

  /** Waits for the end of the streams; what went wrong, empty = nothing. */
  public List<String> end() {
    load.awaitStreams();
    load.stop();
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, Tally> one :
        Map.of("streams", load.streams(), "requests", load.requests()).entrySet()) {
      Tally tally = one.getValue();
      if (tally.failures() + tally.alterations() + tally.truncations() > 0) {
        Set<String> reasons = new TreeSet<>(tally.reasons());
        problems.add(
            "%s: %d failed, %d altered, %d truncated: %s"
                .formatted(
                    one.getKey(),
                    tally.failures(),
                    tally.alterations(),
                    tally.truncations(),
                    reasons));
      }
      if (tally.versions().isEmpty()) {
        problems.add("no answers to " + one.getKey());
      }
    }
    return problems;
  }

  @Override
  public void close() {
    load.close();
  }
}
