package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import lip.testing.emulator.chat.ChatReply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The memory of many streams goes back when they have ended, and is left alone while they run. */
@Tag("system")
@Tag("long")
@Timeout(120)
class MemoryAtRestTest {
  private static final int STREAMS = 200;
  private static final String COLLECTED = "Pause Full (System.gc())";

  private static final byte[] STREAMED =
      BadInputTest.chat("openai-legacy:m").getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void isCollectedOnceWhenTheStreamsHaveGone() throws IOException {
    try (ChatGateway gateway = new ChatGateway(folder)) {
      Instance instance = gateway.instance;
      gateway.emulator.otherwise(new ChatReply().text("a").stall());
      instance.javaOption("-Xlog:gc");
      // Longer than the time between two looks at the load.
      instance.config("lip.server.cfg", "address = 127.0.0.1:0\nkeepalive.interval = 9s\n");
      instance.start();
      for (int i = 0; i < STREAMS; i++) {
        assertThat(gateway.send(STREAMED).readHead()).isEqualTo(200);
      }
      Connection last = gateway.clients.getLast();
      while (!new String(last.next(), StandardCharsets.UTF_8).startsWith(":")) {
        // What the provider said before it fell silent.
      }
      assertThat(instance.log()).doesNotContain(COLLECTED);
      for (Connection client : gateway.clients) {
        client.abort();
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(instance.log()).containsOnlyOnce(COLLECTED));
    }
  }
}
