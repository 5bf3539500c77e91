package lip.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void emptyDistribution() throws IOException {
    Files.createDirectory(home.resolve("system"));
  }

  private int lip(String... words) {
    return new Main(
            Map.of("LIP_HOME", home.toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(words));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anUnknownCommandEndsWithTwoAndTheUsage() {
    assertThat(lip("serve")).isEqualTo(2);
    assertThat(errors()).contains("unknown command serve").contains("usage: lip");
  }

  @Test
  void aFolderThatIsNotThereEndsWithTwo() {
    assertThat(lip("run", "--config", home.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(errors()).contains("not found").contains("nowhere");
  }

  @Test
  void aDataFolderInUseEndsWithOneLineAndOne() throws Exception {
    Path data = Files.createDirectory(home.resolve("data"));
    try (var _ = DataLock.take(data)) {
      assertThat(lip("run")).isEqualTo(1);
    }
    assertThat(errors().strip().lines())
        .singleElement()
        .asString()
        .contains("in use by another process (pid " + ProcessHandle.current().pid() + ")");
  }

  @Test
  void aWatchedFolderThatEverybodyMayWriteIsRefused() throws IOException {
    Path plugins = Files.createDirectory(home.resolve("plugins"));
    Files.setPosixFilePermissions(plugins, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(lip("run")).isEqualTo(78);
    assertThat(errors()).contains(plugins.toString()).contains("chmod o-w");
  }

  @Test
  void aDistributionWithoutBundlesDoesNotStart() {
    assertThat(lip("run")).isEqualTo(1);
    assertThat(errors()).contains("holds no bundles");
  }

  @Test
  void commandsForARunningInstanceSayWhenNothingRuns() {
    assertThat(lip("inventory")).isEqualTo(1);
    assertThat(errors()).contains("nothing runs in " + home);
  }

  @Test
  void addressesOfAProcessThatIsGoneAreNotUsed() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    // No process has this number on any system we know.
    Files.writeString(
        data.resolve("listeners.properties"), "admin=http\\://127.0.0.1\\:1\npid=999999999999\n");
    assertThat(lip("inventory")).isEqualTo(1);
    assertThat(errors()).contains("nothing runs in");
  }

  @Test
  void version() {
    assertThat(lip("version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("lip ");
  }
}
