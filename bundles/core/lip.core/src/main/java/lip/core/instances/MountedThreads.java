package lip.core.instances;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Virtual threads of the core that run on a carrier right now. Each is asked on its own: the thread
 * dump of the JVM, which lists all virtual threads, has crashed JDK 25 under load. Who is mounted
 * where stands in what a thread says of itself; if a JDK said it otherwise, nobody would be named
 * and the rest would work.
 */
final class MountedThreads {
  private static final Pattern RUNS = Pattern.compile(".*]/runnable@(.+)", Pattern.DOTALL);

  private final Supplier<Stream<Thread>> threads;

  /** Those among the given ones. */
  MountedThreads(Supplier<Stream<Thread>> threads) {
    this.threads = threads;
  }

  /**
   * Where a thread is mounted.
   *
   * @param id its id
   * @param carrier name of the carrier
   */
  record Place(long id, String carrier) {}

  /**
   * A mounted thread.
   *
   * @param id its id
   * @param carrier id of the carrier
   * @param classes classes of its frames, the innermost first
   */
  record Mounted(long id, long carrier, List<String> classes) {
    Mounted {
      classes = List.copyOf(classes);
    }
  }

  /** Those of now; a thread that waits, mounted or not, is not among them. */
  List<Mounted> now() {
    Map<String, Long> platform = platformThreads();
    return threads.get().flatMap(thread -> mounted(thread, platform)).toList();
  }

  /** Where those of now are, without what they do: quicker. */
  Set<Place> places() {
    return threads
        .get()
        .flatMap(thread -> carrier(thread).map(name -> new Place(thread.threadId(), name)).stream())
        .collect(Collectors.toSet());
  }

  /** CPU time of a carrier so far; negative = not known. */
  static long cpuNanos(long carrier) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(carrier);
  }

  private static Stream<Mounted> mounted(Thread thread, Map<String, Long> platform) {
    Long carrier = carrier(thread).map(platform::get).orElse(null);
    if (carrier == null) {
      return Stream.empty();
    }
    List<String> classes =
        Arrays.stream(thread.getStackTrace()).map(StackTraceElement::getClassName).toList();
    return Stream.of(new Mounted(thread.threadId(), carrier, classes));
  }

  private static Optional<String> carrier(Thread thread) {
    Matcher runs = RUNS.matcher(thread.toString());
    return runs.matches() ? Optional.of(runs.group(1)) : Optional.empty();
  }

  private static Map<String, Long> platformThreads() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    Map<String, Long> ids = new HashMap<>();
    for (ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
      // Null where one ended in between.
      if (info != null) {
        ids.put(info.getThreadName(), info.getThreadId());
      }
    }
    return ids;
  }
}
