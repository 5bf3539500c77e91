package lip.testing.stress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command {@code lip stress}: tries the races and says what was seen that must not be. */
public final class Stress {
  private static final String USAGE =
      """
      usage: ./lip stress [seconds] [--unchecked] [name...]

        seconds      about how long in all (default 60; each race needs at least a second or two)
        name         only races whose class name contains it
        --unchecked  the control: leases without the second look at "retired"; must find something
      """;

  private Stress() {}

  /** Exits 0 when nothing forbidden was seen and every race ran, 1 otherwise, 2 on bad usage. */
  public static void main(String[] args) throws Exception {
    Duration time = Duration.ofSeconds(60);
    List<String> jvm = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String arg : args) {
      if (arg.matches("\\d{1,6}")) {
        time = Duration.ofSeconds(Long.parseLong(arg));
      } else if (arg.equals("--unchecked")) {
        jvm.add(Races.UNCHECKED);
      } else if (arg.matches("[A-Za-z.]+")) {
        names.add(arg);
      } else {
        System.err.print(USAGE);
        System.exit(arg.equals("--help") ? 0 : 2);
      }
    }
    Races.Verdict verdict = new Races(names, jvm).run(time);
    print(verdict, System.out);
    System.exit(verdict.passed() ? 0 : 1);
  }

  private static void print(Races.Verdict verdict, PrintStream out) {
    for (Races.Seen seen : verdict.seen()) {
      out.printf("%-50s %,12d tries%n", seen.race(), seen.tries());
      seen.forbidden().forEach((what, count) -> out.printf("  FORBIDDEN %,d x %s%n", count, what));
      seen.problems().forEach(problem -> out.printf("  FAILED %s%n", problem));
    }
    verdict.missing().forEach(race -> out.printf("%-50s did not run%n", race));
    if (!verdict.passed()) {
      out.printf("report: %s%n", verdict.report());
    }
    out.printf("forbidden outcomes: %d%n", verdict.forbidden());
  }
}
