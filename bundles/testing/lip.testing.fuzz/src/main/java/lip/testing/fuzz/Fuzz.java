package lip.testing.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the targets one after the other under Jazzer, each in a process of its own. A run without
 * coverage is a failed one: nothing would have been found.
 */
public final class Fuzz {
  private static final Pattern STATE = Pattern.compile("^#(\\d+)\\s+\\w+\\s+cov: (\\d+)");

  private final Path module;
  private final PrintStream out;

  private Fuzz(Path module, PrintStream out) {
    this.module = module;
    this.out = out;
  }

  /**
   * Arguments: the module's folder, seconds for each target, then names of targets; none = all.
   * Exits with 1 when something was found.
   */
  public static void main(String[] words) throws IOException, InterruptedException {
    int seconds = words.length > 1 ? Integer.parseInt(words[1]) : 30;
    List<String> names =
        words.length > 2
            ? List.of(words).subList(2, words.length)
            : List.copyOf(Targets.byName().keySet());
    var fuzz = new Fuzz(Path.of(words[0]), System.out);
    int bad = 0;
    for (String name : names) {
      Targets.named(name);
      bad += fuzz.run(name, seconds) ? 0 : 1;
    }
    System.exit(bad == 0 ? 0 : 1);
  }

  private boolean run(String name, int seconds) throws IOException, InterruptedException {
    Path work = Files.createDirectories(module.resolve("target/fuzz").resolve(name));
    Path found = Files.createDirectories(work.resolve("inputs"));
    Path seeds = module.resolve("corpus").resolve(name);
    Path log = work.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlip.fuzz.target=" + name,
                "-Dlip.fuzz.seeds=" + seeds,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzed.class.getName(),
                "--instrumentation_includes=lip.**",
                "--reproducer_path=" + work,
                "-max_total_time=" + seconds,
                "-max_len=4096",
                "-timeout=30",
                "-rss_limit_mb=2048",
                "-artifact_prefix=" + work + "/",
                found.toString(),
                seeds.toString())
            .redirectErrorStream(true)
            .start();
    long runs = 0;
    long coverage = 0;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        PrintStream copy = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      for (String line; (line = lines.readLine()) != null; ) {
        copy.println(line);
        Matcher state = STATE.matcher(line);
        if (state.find()) {
          runs = Long.parseLong(state.group(1));
          coverage = Math.max(coverage, Long.parseLong(state.group(2)));
        }
      }
    }
    int exit = process.waitFor();
    String verdict = exit != 0 ? "FOUND" : coverage == 0 ? "NO COVERAGE" : "ok";
    out.printf("%-14s %10d runs, coverage %5d  %s%n", name, runs, coverage, verdict);
    if (!verdict.equals("ok")) {
      out.println(
          "  see " + log + "; what found it lies beside it: it belongs into corpus/" + name);
    }
    return verdict.equals("ok");
  }
}
