package lip.testing.system.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lip.testing.system.Instance;
import lip.testing.system.PluginJars;
import lip.testing.system.Wait;

/**
 * Runs the distribution for a time under mixed traffic and random changes: {@code ./lip soak
 * [MINUTES] [--seed N] [--rate N]}.
 *
 * <p>The first quarter is warm-up. The rest is cut into windows; between two of them the traffic
 * stops and what the process holds is counted (marked R in the table).
 */
public final class Soak implements AutoCloseable {
  private static final int WINDOWS = 6;
  private static final int SHORT_WINDOWS = 3;
  private static final int SHORT_MINUTES = 12;

  private final SoakOptions options;
  private final PrintStream out;
  private final Instance instance;
  private final Upstream upstream = new Upstream();
  private final Faults faults;
  private final Changes changes;
  private final Client client;
  private final Requests requests;
  private final Random pauses;
  private final List<Sample> loaded = new ArrayList<>();
  private final List<Sample> rests = new ArrayList<>();

  /** Prepares a run in an empty folder; prints to a stream. */
  public Soak(SoakOptions options, Path folder, PrintStream out) {
    this.options = options;
    this.out = out;
    faults = new Faults(out);
    pauses = new Random(options.seed() + 2);
    instance = new Instance(folder.resolve("run")).asShipped().env("UPSTREAM_KEY", "sk-soak-key");
    var extra = new Door();
    var second = new Door();
    changes =
        new Changes(
            instance,
            new PluginJars(folder),
            upstream,
            new Random(options.seed()),
            extra,
            second,
            faults);
    client = new Client(instance::port);
    var random = new Random(options.seed() + 1);
    requests =
        new Requests(
            client,
            new Mix(random, extra, second),
            random,
            options.rate(),
            changes::floors,
            faults);
  }

  /** Runs to the end. */
  public boolean run() {
    out.println("seed " + options.seed() + ", " + options.rate() + " requests a second");
    changes.prepare();
    instance.start();
    changes.awaitReady();
    var gauge = new Gauge(instance);
    out.println(Sample.head());
    print(gauge.resting()); // For people: what it holds before the first request.
    long end = (long) (options.minutes() * 60);
    long warm = end / 4;
    window(gauge, warm, new ArrayList<>());
    rest(gauge);
    // From here on it counts; a second look, since the first collected what the warm-up left.
    rests.clear();
    rests.add(rest(gauge));
    int windows = options.minutes() < SHORT_MINUTES ? SHORT_WINDOWS : WINDOWS;
    for (int i = 1; i <= windows; i++) {
      window(gauge, (end - warm) / windows, loaded);
      rests.add(rest(gauge));
    }
    return verdict(gauge.second());
  }

  private void window(Gauge gauge, long seconds, List<Sample> kept) {
    requests.resume();
    long until = gauge.second() + seconds;
    long period = Math.clamp((long) (options.minutes() * 60) / 120, 3, 30);
    long nextSample = gauge.second() + period;
    long nextChange = System.nanoTime();
    while (gauge.second() < until) {
      if (System.nanoTime() >= nextChange) {
        changes.next();
        nextChange = System.nanoTime() + (long) (pauses.nextDouble() * 2e9 * options.changeEvery());
      }
      if (gauge.second() >= nextSample) {
        nextSample += period;
        Sample sample = gauge.running();
        print(sample);
        kept.add(sample);
        upstream.forgetEnded();
      }
      Wait.untilNanos(System.nanoTime() + 100_000_000L);
      if (!instance.alive()) {
        throw new IllegalStateException("the process is gone:\n" + instance.log());
      }
    }
  }

  /** Stops the traffic, waits until nothing runs, and counts. */
  private Sample rest(Gauge gauge) {
    faults.during("rest");
    requests.pause();
    Wait.until(
        "all requests are over",
        java.time.Duration.ofMinutes(2),
        () -> requests.running() == 0,
        () -> requests.running() + " run");
    client.close();
    changes.toRest();
    Sample sample = gauge.resting();
    print(sample);
    return sample;
  }

  private void print(Sample sample) {
    out.println(
        sample.line(
            requests.count(),
            requests.running(),
            faults.answers(),
            changes.count(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
  }

  private boolean verdict(long seconds) {
    Verdict verdict = Verdict.of(faults.answers(), faults.changes(), seconds, loaded, rests);
    out.println("requests " + requests.count() + ": " + requests.made());
    if (requests.heldBack() > 0) {
      out.println("not made, because too many ran: " + requests.heldBack());
    }
    out.println("changes " + changes.count() + ": " + changes.done());
    verdict.lines().forEach(out::println);
    out.println(
        "%s after %d minutes, seed %d"
            .formatted(verdict.passed() ? "PASSED" : "FAILED", seconds / 60, options.seed()));
    return verdict.passed();
  }

  @Override
  public void close() {
    requests.close();
    instance.close();
    upstream.close();
  }

  /** The command; exit code 1 when something is wrong. */
  public static void main(String[] arguments) throws IOException {
    SoakOptions options;
    try {
      options = SoakOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("./lip soak: " + e.getMessage());
      System.exit(2);
      return;
    }
    Path folder = Files.createTempDirectory("lip-soak-");
    PrintStream out = System.out;
    out.println("state and log: " + folder);
    boolean passed;
    try (var soak = new Soak(options, folder, out)) {
      // Also when somebody ends it by hand: the instance is a process of its own.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(soak.instance::close));
      passed = soak.run();
    }
    System.exit(passed ? 0 : 1);
  }
}
