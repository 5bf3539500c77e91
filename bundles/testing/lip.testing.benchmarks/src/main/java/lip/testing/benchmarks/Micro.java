package lip.testing.benchmarks;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Single steps of a call, measured by JMH: time, and bytes allocated. */
public final class Micro {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Micro() {}

  /**
   * Runs the benchmarks whose name contains a pattern.
   *
   * @param pattern regular expression; empty = all
   * @param iterations measured seconds of each, after as many to warm up
   * @param verbose whether JMH prints what it does
   */
  public static Collection<RunResult> run(String pattern, int iterations, boolean verbose)
      throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(pattern.isEmpty() ? ".*Benchmark.*" : pattern)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            // Set here so that the options of the JVM around it do not count.
            .jvmArgs("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders")
            .warmupIterations(iterations)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class);
    if (!verbose) {
      options.verbosity(org.openjdk.jmh.runner.options.VerboseMode.SILENT);
    }
    return new Runner(options.build()).run();
  }

  /** Bytes that each benchmark allocates for one operation. */
  public static Map<String, Double> allocations(Collection<RunResult> results) {
    Map<String, Double> allocations = new TreeMap<>();
    for (RunResult result : results) {
      Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      if (allocated != null) {
        allocations.put(name(result), allocated.getScore());
      }
    }
    return allocations;
  }

  private static String name(RunResult result) {
    String whole = result.getParams().getBenchmark();
    String type = whole.substring(0, whole.lastIndexOf('.'));
    var name = new StringBuilder(whole.substring(type.lastIndexOf('.') + 1));
    for (String key : result.getParams().getParamsKeys()) {
      name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
    }
    return name.toString();
  }
}
