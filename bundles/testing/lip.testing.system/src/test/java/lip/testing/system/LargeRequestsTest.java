package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lip.testing.emulator.Gate;
import lip.testing.emulator.chat.ChatEmulator;
import lip.testing.emulator.chat.ChatReply;
import lip.testing.emulator.chat.ChatScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More large requests at once than the heap could hold: it is never used up. */
@Tag("system")
@Timeout(120)
class LargeRequestsTest {
  private static final int COUNT = 150;
  private static final String SMALL = BadInputTest.chat("openai-legacy:m");
  private static final byte[] LARGE =
      SMALL
          .replace("\"messages\":[", "\"messages\":[" + message().repeat(600))
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private ChatGateway gateway;
  private ChatEmulator emulator;
  private Instance instance;

  private static String message() {
    return "{\"role\":\"user\",\"content\":\"" + "x".repeat(1000) + "\"},";
  }

  @BeforeEach
  void start() {
    gateway = new ChatGateway(folder);
    emulator = gateway.emulator;
    instance = gateway.instance;
    instance.javaOption("-Xmx128m");
    instance.start();
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
  }

  @Test
  void aStreamThatHasBegunHoldsNothingOfItsRequest() throws IOException {
    emulator.otherwise(new ChatReply().text("a").stall());
    for (int i = 0; i < COUNT; i++) {
      Connection client = gateway.send(LARGE);
      assertThat(client.readHead()).as("stream %d", i).isEqualTo(200);
      assertThat(client.next()).isNotNull();
      emulator.forgetEnded();
    }
    emulator.otherwise(new ChatReply().text("b"));
    Connection last = gateway.send(SMALL.getBytes(StandardCharsets.UTF_8));
    assertThat(last.readHead()).isEqualTo(200);
  }

  @Test
  void thoseThatWaitForTheirAnswersAreBounded() throws IOException {
    Gate gate = new Gate();
    ChatScript reply = new ChatReply().text("a");
    emulator.otherwise(request -> reply.answer(request).awaitBeforeHead(gate));
    List<Connection> waiting = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < COUNT && refused < 5; i++) {
      Connection client = gateway.send(LARGE);
      await().until(() -> client.readable() || emulator.requests().size() > waiting.size());
      if (client.readable()) {
        assertThat(client.readHead()).isEqualTo(429);
        assertThat(client.header("retry-after")).isEqualTo("1");
        assertThat(client.body()).contains("\"type\":\"", "other large requests");
        refused++;
      } else {
        waiting.add(client);
      }
    }
    assertThat(refused).isEqualTo(5);
    assertThat((long) waiting.size() * LARGE.length).isBetween(8L << 20, 16L << 20);
    assertThat(instance.log()).containsOnlyOnce("requests are refused with 429");
    gate.open();
    for (Connection client : waiting) {
      assertThat(client.readHead()).isEqualTo(200);
      assertThat(client.body()).contains("[DONE]");
    }
    Connection last = gateway.send(LARGE);
    assertThat(last.readHead()).as("there is room again").isEqualTo(200);
  }
}
