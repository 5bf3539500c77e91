package lip.testing.system.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lip.testing.system.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell blocks of the README, in order, in a fresh clone with an empty local Maven repository.
 */
@Tag("long")
@Tag("system")
@EnabledIfSystemProperty(
    named = "lip.all",
    matches = "|true",
    disabledReason = "a whole build from nothing: run with -Dlip.all")
class ReadmeTest {
  private static final Duration BUILD = Duration.ofMinutes(30);

  /** What a block must have printed, by a part of its text. */
  private static final Map<String, String> PRINTED =
      Map.of(
          "./lip try \"hello\"", "hello",
          "curl", "\"content\":\"hello\"",
          "hello:greeting", "Hello, you said: good morning");

  @TempDir Path temporary;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void theShellBlocksDoWhatTheReadmeSays() throws Exception {
    Path clone = temporary.resolve("lip");
    var outside = new Shell(Checkout.root(), temporary.resolve("m2"), temporary.resolve("logs"));
    assertThat(outside.run("clone", "git clone -q . '" + clone + "'", BUILD))
        .extracting(Shell.Result::exit, Shell.Result::output)
        .containsExactly(0, "");
    // The README names the usual ports; a test must not depend on who else uses them.
    int data = FreePort.find();
    int admin = FreePort.find();
    Files.writeString(clone.resolve("config/lip.server.cfg"), "address = 127.0.0.1:" + data + "\n");
    Files.writeString(clone.resolve("config/lip.admin.cfg"), "address = 127.0.0.1:" + admin + "\n");
    String page = Files.readString(clone.resolve("README.md")).replace(":8080", ":" + data);
    List<ShellBlock> blocks = ShellBlock.of(page);
    assertThat(blocks).anyMatch(ShellBlock::background).hasSizeGreaterThan(3);
    play(new Shell(clone, temporary.resolve("m2"), temporary.resolve("logs")), blocks);
  }

  private static void play(Shell shell, List<ShellBlock> blocks) throws Exception {
    List<Process> servers = new ArrayList<>();
    int printed = 0;
    try {
      for (ShellBlock block : blocks) {
        String name = "line-" + block.line();
        if (block.background()) {
          servers.add(listening(shell, name, block.commands()));
          continue;
        }
        Shell.Result result = shell.run(name, block.commands(), BUILD);
        assertThat(result.exit())
            .as("README.md line %s:\n%s\n%s", block.line(), block.commands(), result.output())
            .isZero();
        for (var expected : PRINTED.entrySet()) {
          if (block.commands().contains(expected.getKey())) {
            assertThat(result.output()).contains(expected.getValue());
            printed++;
          }
        }
      }
    } finally {
      for (Process server : servers) {
        Shell.end(server);
      }
    }
    assertThat(printed).as("blocks whose output was looked at").isEqualTo(PRINTED.size());
  }

  /** Starts a server and waits until it says that it listens. */
  private static Process listening(Shell shell, String name, String commands) throws IOException {
    Process server = shell.start(name, commands);
    await()
        .atMost(BUILD)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> !server.isAlive() || shell.output(name).contains("is listening on"));
    assertThat(server.isAlive()).as(shell.output(name)).isTrue();
    return server;
  }
}
