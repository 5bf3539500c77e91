package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same folder is started again: Felix HTTP remembers the listener of the console by itself. */
@Tag("system")
@Timeout(300)
class RestartTest {
  @TempDir Path folder;

  @Test
  void theConsoleComesBackWhereItWas() throws Exception {
    int port = FreePort.find();
    try (Instance instance = new Instance(folder)) {
      instance.config("lip.admin.cfg", "address = 127.0.0.1:" + port + "\n");
      instance.start();
      end(instance);
      assertComesBack(instance, port);
      ProcessHandle.of(instance.pid()).orElseThrow().destroyForcibly();
      assertThat(instance.awaitEnd()).isNotZero();
      assertComesBack(instance, port);
    }
  }

  private static void end(Instance instance) {
    instance.terminate();
    assertThat(instance.awaitEnd()).isZero();
  }

  private static void assertComesBack(Instance instance, int port) {
    instance.start();
    assertThat(instance.adminPort()).isEqualTo(port);
    assertThat(instance.log()).doesNotContain("cannot listen");
    assertThat(instance.admin("GET", "/readyz", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aPortThatSomebodyTookMeanwhileIsTold() throws Exception {
    int port = FreePort.find();
    try (Instance instance = new Instance(folder)) {
      instance.config("lip.admin.cfg", "address = 127.0.0.1:" + port + "\n");
      instance.start();
      end(instance);
      try (var stranger = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(stranger.isBound()).isTrue();
        instance.launch();
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> instance.log().contains(port + ": cannot listen on"));
      }
    }
  }
}
