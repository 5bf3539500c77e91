package lip.testing.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Measures: {@code ./lip bench}; what it takes stands in {@link Options#USAGE}. */
public final class Bench {
  private final Options options;
  private final Results results;

  private Bench(Options options) {
    this.options = options;
    results = new Results(options.rounds());
  }

  /** Runs the rounds and prints what came of them; exit code 1 when an answer was wrong. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException {
    List<String> words = List.of(arguments);
    if (words.contains("--micro")) {
      List<String> rest = words.stream().filter(word -> !word.equals("--micro")).toList();
      Micro.run(String.join("|", rest), 5, true);
      return;
    }
    if (words.contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    if (options.install()) {
      Nginx.install();
    }
    var bench = new Bench(options);
    bench.measure(Files.createTempDirectory("lip-bench-"));
    Report report = new Report(bench.results, options);
    System.out.println(report.table());
    if (!options.json().isEmpty()) {
      Files.writeString(Path.of(options.json()), report.json());
    }
    System.exit(bench.results.failures().isEmpty() ? 0 : 1);
  }

  private void measure(Path work) throws IOException, InterruptedException {
    System.err.println("state and logs: " + work);
    var targets = new ArrayList<Target>();
    // Nothing stays behind when we are ended from outside.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    try (var stage = new Stage(work)) {
      try {
        targets.addAll(targets(stage, work));
        var cases = new Cases(stage, options, results);
        for (Target target : targets) {
          cases.start(target);
          new WarmUp(stage).run(target, options.pairs());
        }
        for (int round = 0; round < options.rounds(); round++) {
          results.loads()[round] = ProcessTree.loadAverage();
          for (String word : options.cases()) {
            round(cases, targets, word, round);
          }
        }
        for (Target target : targets) {
          cases.end(target);
        }
      } finally {
        targets.forEach(Target::close);
      }
    }
  }

  private void round(Cases cases, List<Target> targets, String word, int round)
      throws IOException, InterruptedException {
    for (Pair pair : options.pairs(word)) {
      for (Target target : targets) {
        if (target.takes(pair)) {
          cases.run(word, pair, target, round);
        }
      }
    }
  }

  private List<Target> targets(Stage stage, Path work) {
    var targets = new ArrayList<Target>();
    if (options.wants("direct")) {
      targets.add(new Target.Direct(stage::port));
    }
    if (options.wants("nginx")) {
      if (Nginx.installed()) {
        targets.add(new Nginx(work, stage::port));
      } else {
        System.err.println(
            "nginx is not installed: there will be no ratios; --install takes it from the system's"
                + " packages");
      }
    }
    options
        .distributions()
        .forEach((name, distribution) -> {
          if (options.wants(name)) {
            targets.add(
                new Product(
                    new Product.Settings(
                        name,
                        distribution,
                        options.javaOptions(),
                        options.pairs(),
                        work,
                        stage::port)));
          }
        });
    return targets;
  }
}
