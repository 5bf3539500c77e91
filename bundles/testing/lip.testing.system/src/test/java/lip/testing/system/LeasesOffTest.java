package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without leases the table must turn red: it can see what it is there for. */
@Tag("system")
@Tag("long")
class LeasesOffTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "5"})
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void theRowIsRed(String id) {
    try (var table = new HotTable(folder)) {
      table.instance().javaOption("-Dlip.test.leases=off");
      table.start();

      List<String> problems = table.run(id).problems();

      assertThat(problems).isNotEmpty().anyMatch(problem -> problem.contains("failed"));
    }
  }
}
