package lip.testing.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.runners.TestList;

/** A run of the races by jcstress, in a process of its own that starts one more for each race. */
final class Races {
  /** The switch of {@code lip.core.snapshot} that takes leases without the second look. */
  static final String UNCHECKED = "-Dlip.test.leases=unchecked";

  /** Races whose tries start threads. */
  private static final String STARTS_THREADS = "lip.core.instances.";

  /** What jcstress needs to look at JVM and processors. */
  private static final Duration START = Duration.ofSeconds(5);

  /** What it needs to start the JVM of a race. */
  private static final Duration FORK = Duration.ofMillis(1_200);

  private static final Duration LEAST = Duration.ofMillis(200);

  /** A race that hangs is ended by jcstress; this is for jcstress itself. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * What was seen of a race.
   *
   * @param race class name
   * @param tries how often
   * @param forbidden outcomes that must not be, and how often each was seen
   * @param problems why it did not run to its end
   */
  record Seen(String race, long tries, Map<String, Long> forbidden, List<String> problems) {}

  /**
   * What was seen of all.
   *
   * @param seen by race
   * @param missing races that did not run
   * @param report where the whole report is; gone when all passed
   */
  record Verdict(List<Seen> seen, List<String> missing, Path report) {
    long forbidden() {
      return seen.stream()
          .flatMap(race -> race.forbidden().values().stream())
          .mapToLong(Long::longValue)
          .sum();
    }

    boolean passed() {
      return !seen.isEmpty()
          && missing.isEmpty()
          && forbidden() == 0
          && seen.stream().allMatch(race -> race.problems().isEmpty() && race.tries() > 0);
    }
  }

  private final Pattern which;
  private final List<String> jvm;

  /**
   * Some races.
   *
   * @param names parts of class names; empty = all
   * @param jvm options for the JVMs in which they run
   */
  Races(List<String> names, List<String> jvm) {
    this.which =
        Pattern.compile(
            names.isEmpty()
                ? "."
                : names.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    this.jvm = List.copyOf(jvm);
  }

  /** The races that are meant. */
  List<String> chosen() {
    return TestList.tests().stream().filter(which.asPredicate()).sorted().toList();
  }

  /** Tries them all, in about the time given. */
  Verdict run(Duration time) throws IOException, InterruptedException {
    List<String> chosen = chosen();
    Path folder = Files.createTempDirectory("lip-stress");
    if (!chosen.isEmpty()) {
      jcstress(folder, share(time, chosen.size()));
    }
    List<Seen> seen = read(folder);
    TreeSet<String> missing = new TreeSet<>(chosen);
    seen.forEach(race -> missing.remove(race.race()));
    var verdict = new Verdict(seen, List.copyOf(missing), folder);
    if (verdict.passed()) {
      delete(folder);
    }
    return verdict;
  }

  private static Duration share(Duration time, int races) {
    Duration share = time.minus(START).dividedBy(races).minus(FORK);
    return share.compareTo(LEAST) < 0 ? LEAST : share;
  }

  private void jcstress(Path folder, Duration each) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path", "")));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(List.of("-t", which.pattern(), "-r", "report"));
    command.addAll(
        List.of("-f", "1", "-fsm", "1", "-iters", "1", "-time", Long.toString(each.toMillis())));
    if (chosen().stream().anyMatch(race -> race.startsWith(STARTS_THREADS))) {
      // On a busy machine a stride of thousands of threads would take half a minute.
      command.addAll(List.of("-strideSize", "64", "-strideCount", "40"));
    }
    // One mode of compilation and no pinning: on two processors every race would take minutes.
    command.addAll(List.of("-sc", "false", "-af", "NONE"));
    command.addAll(List.of("-jvmArgs", String.join(" ", jvmArguments())));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jcstress.log").toFile())
            .start();
    Thread atExit = new Thread(() -> end(process), "lip-stress-end");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      Duration limit = each.plus(FORK).multipliedBy(3L * chosen().size()).plus(PATIENCE);
      boolean _ = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      end(process);
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }

  private List<String> jvmArguments() {
    List<String> arguments = new ArrayList<>(List.of("-XX:+UseSerialGC"));
    arguments.addAll(jvm);
    return arguments;
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static List<Seen> read(Path folder) throws IOException {
    var collector = new InProcessCollector();
    for (Path file : files(folder)) {
      if (file.getFileName().toString().endsWith(".bin.gz")) {
        var reader = new DiskReadCollector(file.toString(), collector);
        try {
          reader.dump();
        } catch (ClassNotFoundException e) {
          throw new IOException(e);
        } finally {
          reader.close();
        }
      }
    }
    return collector.getTestResults().stream()
        .collect(Collectors.groupingBy(TestResult::getName, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(race -> seen(race.getKey(), race.getValue()))
        .toList();
  }

  private static Seen seen(String race, List<TestResult> results) {
    long tries = 0;
    Map<String, Long> forbidden = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (TestResult result : results) {
      tries += result.getTotalCount();
      if (result.status() != Status.NORMAL) {
        problems.add(result.status() + " " + String.join(" ", result.getMessages()));
      }
      for (GradingResult outcome : result.grading().gradingResults.values()) {
        if (outcome.expect == Expect.FORBIDDEN && outcome.count > 0) {
          forbidden.merge(outcome.id + ": " + outcome.description, outcome.count, Long::sum);
        }
      }
    }
    return new Seen(race, tries, forbidden, problems);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Races::deleteOne);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
