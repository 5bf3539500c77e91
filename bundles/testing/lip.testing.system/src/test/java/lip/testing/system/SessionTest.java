package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SessionTest {
  private static final int SESSION = 3;

  @Test
  void theProcessLeadsASessionAndKeepsItsId() throws Exception {
    Process process = new ProcessBuilder(Session.own(List.of("sleep", "60"))).start();
    try {
      Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
      Wait.until(
          "the process leads a session",
          Duration.ofSeconds(30),
          () -> session(stat).equals(Long.toString(process.pid())),
          () -> session(stat));

      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String session(Path stat) {
    try {
      String text = Files.readString(stat);
      return text.substring(text.lastIndexOf(')') + 2).split(" ", -1)[SESSION];
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
