package lip.testing.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints the hot-change table: {@code ./lip hot [--leases-off] [ROW ...]}. */
public final class Hot {
  private static final String USAGE =
      """
      usage: ./lip hot [--leases-off] [row...]
        row           only these rows of the table, such as %s; none = all
        --leases-off  the control: nothing is counted as in use, so rows must fail
      rows: %s
      """
          .formatted(HotTable.ids().getFirst(), String.join(" ", HotTable.ids()));

  private Hot() {}

  /**
   * Runs the rows named, or all; exit code 1 when one is not as it must be, 2 for what is neither a
   * row nor an option.
   */
  public static void main(String[] arguments) throws IOException {
    boolean leasesOff = false;
    List<String> ids = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals("--help")) {
        System.out.print(USAGE);
        return;
      } else if (argument.equals("--leases-off")) {
        leasesOff = true;
      } else if (HotTable.ids().contains(argument)) {
        ids.add(argument);
      } else {
        System.err.print("no row and no option: " + argument + "\n" + USAGE);
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
