package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hot-change table: nothing that runs is lost by a change. */
@Tag("system")
class HotTableTest {
  private static final List<String> QUICK =
      List.of("0", "1", "2", "3", "4", "5", "5b", "6", "7", "8", "9");

  @TempDir Path folder;

  @TestFactory
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  Stream<DynamicTest> rowsOneToNine() {
    return rows(QUICK);
  }

  @TestFactory
  @Tag("long")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  Stream<DynamicTest> allOtherRows() {
    return rows(HotTable.ids().stream().filter(id -> !QUICK.contains(id)).toList());
  }

  /** One instance for all rows: they follow on each other. */
  private Stream<DynamicTest> rows(List<String> ids) {
    var table = new HotTable(folder).start();
    System.out.println(Outcome.head());
    return ids.stream()
        .map(id -> DynamicTest.dynamicTest("row " + id, () -> judge(table, id)))
        .onClose(table::close);
  }

  private static void judge(HotTable table, String id) {
    Outcome outcome = table.run(id);
    System.out.println(outcome.line());
    assertThat(outcome.problems()).isEmpty();
  }
}
