package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class BootSystemTest {
  @TempDir Path folder;
  private final Distribution distribution = Distribution.assembled();

  @Test
  void startsLocksItsDataAndStopsInOrder() throws Exception {
    String run = folder.resolve("run").toString();
    Path config = Files.createDirectories(Path.of(run, "config"));
    Files.writeString(config.resolve("lip.server.cfg"), "address = 127.0.0.1:0\n");
    Files.writeString(config.resolve("lip.admin.cfg"), "address = 127.0.0.1:0\n");
    Path log = folder.resolve("log");
    Process process = distribution.start(log, "run", "--dir", run);
    try {
      // Written when the listener answers and the start message is printed.
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() ->
              !process.isAlive() || Files.exists(Path.of(run, "data", "listeners.properties")));
      assertThat(process.isAlive()).as(() -> "ended: " + read(log)).isTrue();
      var second = distribution.run(folder.resolve("second"), "run", "--dir", run);
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.output().strip().lines())
          .singleElement()
          .asString()
          .contains("in use by another process");
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(read(log)).doesNotContain("did not start");
      assertThat(Path.of(run, "data", "listeners.properties")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void anUnknownCommandIsAUsageError() throws Exception {
    var result = distribution.run(folder.resolve("log"), "serve");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.output()).contains("usage: lip");
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
