package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator says in {@code LIP_JAVA_OPTS} wins over the options that ship. */
@Tag("system")
class JavaOptionsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "run, -Xmx300m, -XX:+UseG1GC",
    "run, -XX:+UseSerialGC, -XX:+UseSerialGC",
    "run, -XX:+UseParallelGC -Xmx300m, -XX:+UseParallelGC",
    "run, -XX:+UseZGC, -XX:+UseZGC",
    "run, -XX:+UseStringDeduplication -XX:+DisableExplicitGC, -XX:+UseG1GC",
    "inventory, -Xmx100m, -XX:+UseSerialGC",
    "inventory, -XX:+UseG1GC, -XX:+UseG1GC"
  })
  @Timeout(60)
  void theCollectorIsTheOperatorsOrOurs(String command, String options, String collector)
      throws Exception {
    Path said = folder.resolve("said");
    Process java =
        Distribution.assembled()
            .start(
                said,
                Map.of("LIP_JAVA_OPTS", options + " -XX:+PrintCommandLineFlags -version"),
                command);
    assertThat(java.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(java.exitValue()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said).split("\\s+"))
        .filteredOn(word -> word.matches("-XX:\\+Use\\w+GC"))
        .containsExactly(collector);
  }
}
