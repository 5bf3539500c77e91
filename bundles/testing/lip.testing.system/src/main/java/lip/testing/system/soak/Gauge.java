package lip.testing.system.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lip.testing.system.Instance;

/** Measures the process from outside. Any thread. */
final class Gauge {
  private static final Pattern HEAP_USED = Pattern.compile("heap .*?used (\\d+)K");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final Pattern CLASS = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +(\\S+)");
  private static final String LOADER =
      "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
  private static final String REVISION = "org.apache.felix.framework.BundleRevisionImpl";

  private final Instance instance;
  private final long begin = System.nanoTime();

  Gauge(Instance instance) {
    this.instance = instance;
  }

  /** Seconds since the start. */
  long second() {
    return (System.nanoTime() - begin) / 1_000_000_000;
  }

  /** Without disturbing it. */
  Sample running() {
    long rss = status("VmRSS");
    return new Sample(
        second(),
        rss,
        number(HEAP_USED, instance.jcmd("GC.heap_info")),
        status("Threads"),
        descriptors(),
        -1,
        -1);
  }

  /** With a collection, so that only what is held counts. */
  Sample resting() {
    // Twice: the first makes what was waiting for a finalizer or cleaner collectable.
    instance.jcmd("GC.run");
    String histogram = instance.jcmd("GC.class_histogram");
    return new Sample(
        second(),
        status("VmRSS"),
        number(TOTAL, histogram) / 1024,
        status("Threads"),
        descriptors(),
        count(histogram, LOADER),
        count(histogram, REVISION));
  }

  private long status(String field) {
    try (Stream<String> lines = Files.lines(process("status"))) {
      return lines
          .filter(line -> line.startsWith(field + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long descriptors() {
    try (Stream<Path> open = Files.list(process("fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path process(String what) {
    return Path.of("/proc", Long.toString(instance.pid()), what);
  }

  private static long number(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    return m.find() ? Long.parseLong(m.group(1)) : 0;
  }

  private static long count(String histogram, String type) {
    return CLASS
        .matcher(histogram)
        .results()
        .filter(match -> match.group(2).equals(type))
        .mapToLong(match -> Long.parseLong(match.group(1)))
        .sum();
  }
}
