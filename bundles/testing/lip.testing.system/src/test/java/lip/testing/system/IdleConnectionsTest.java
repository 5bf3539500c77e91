package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that rest cost others nothing, and end at the idle limit. */
@Tag("long")
class IdleConnectionsTest {
  private static final int WANTED = 5_000;

  @TempDir Path folder;

  @Test
  @Timeout(240)
  void thousandsOfIdleConnectionsHarmNobody() throws IOException {
    int count = Math.min(WANTED, descriptors() - 500);
    assumeThat(count).as("this machine allows so many descriptors").isGreaterThan(500);
    List<Dripper> resting = new ArrayList<>();
    try (var instance = new Instance(folder)) {
      instance.config(
          "lip.server.cfg", "address = 127.0.0.1:0\nidle.timeout = 30s\nkeepalive.interval = 5s\n");
      instance.start();
      for (int i = 0; i < count; i++) {
        String begin = i % 2 == 0 ? "" : "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
        resting.add(new Dripper(instance.port(), begin));
      }
      try (var connection = new Connection(instance.port())) {
        String chat = BadInputTest.chat("local-stub:stub-words-200");
        for (int i = 0; i < 20; i++) {
          assertThat(connection.post(HostileInstance.CHAT, "application/json", chat))
              .isEqualTo(200);
          assertThat(connection.body()).contains("[DONE]");
        }
      }
      resting.forEach(Dripper::listen);
      assertThat(resting).noneMatch(Dripper::closed);
      await("the idle limit")
          .atMost(Duration.ofSeconds(120))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> {
            resting.forEach(Dripper::listen);
            return resting.stream().allMatch(Dripper::closed);
          });
    } finally {
      for (Dripper one : resting) {
        one.close();
      }
    }
  }

  /** How many files this process, and so one that it starts, may open. */
  private static int descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
        : 0;
  }
}
