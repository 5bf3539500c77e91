package lip.testing.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints the hot-change table: {@code ./lip hot [--leases-off] [ROW ...]}. */
public final class Hot {
  private Hot() {}

  /** Runs the rows named, or all; exit code 1 when one is not as it must be. */
  public static void main(String[] arguments) throws IOException {
    boolean leasesOff = Arrays.asList(arguments).contains("--leases-off");
    List<String> ids =
        Arrays.stream(arguments).filter(argument -> !argument.startsWith("--")).toList();
    for (String id : ids) {
      if (!HotTable.ids().contains(id)) {
        System.err.println("no row " + id + "; rows: " + String.join(" ", HotTable.ids()));
        System.exit(2);
      }
    }
    Path folder = Files.createTempDirectory("lip-hot-");
    System.err.println("state and log: " + folder);
    Map<String, List<String>> problems = new LinkedHashMap<>();
    try (var table = new HotTable(folder)) {
      if (leasesOff) {
        table.instance().javaOption("-Dlip.test.leases=off");
      }
      table.start();
      System.out.println(Outcome.head());
      for (String id : ids.isEmpty() ? HotTable.ids() : ids) {
        List<String> wrong = run(table, id);
        if (!wrong.isEmpty()) {
          problems.put(id, wrong);
        }
      }
    }
    problems.forEach((id, wrong) -> wrong.forEach(text -> System.out.println(id + ": " + text)));
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  private static List<String> run(HotTable table, String id) {
    try {
      Outcome outcome = table.run(id);
      System.out.println(outcome.line());
      return outcome.problems();
    } catch (RuntimeException e) {
      System.out.println("| " + id + " | not finished |");
      return List.of(e.toString());
    }
  }
}
