package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import lip.testing.emulator.Answer;
import lip.testing.emulator.chat.ChatEmulator;
import lip.testing.emulator.chat.ChatReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Providers that send more at once than the heap could hold: it is never used up. */
@Tag("system")
@Timeout(120)
class LargeAnswersTest {
  private static final int COUNT = 30;
  private static final String MEGABYTE = "x".repeat(1 << 20);
  private static final String BEGIN =
      "data:"
          + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"finish_reason\":null,\"delta\":{\"content\":\"";
  private static final String END = "\"}}]}\n\n";

  @TempDir Path folder;
  private ChatGateway gateway;
  private ChatEmulator emulator;
  private Instance instance;

  @BeforeEach
  void start() {
    gateway = new ChatGateway(folder);
    emulator = gateway.emulator;
    instance = gateway.instance;
    instance.javaOption("-Xmx128m");
    instance.config("lip.http.client.cfg", "max.inflight.answer.bytes = 6MiB\n");
    instance.start();
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
  }

  @Test
  void eventsThatNeverEndShareTheirRoom() throws IOException {
    emulator.otherwise(_ ->
        Answer.chunked(200, "text/event-stream")
            .send(BEGIN + "a" + END + BEGIN)
            .repeat(MEGABYTE, 3)
            .stall());
    for (int i = 0; i < COUNT; i++) {
      Connection client = ask(true);
      assertThat(client.readHead()).as("stream %d", i).isEqualTo(200);
    }
    // Each needs a buffer of 4 MiB: at most one has it.
    Set<Connection> broken = new HashSet<>();
    await()
        .until(() -> {
          for (Connection client : gateway.clients) {
            if (client.readable() && text(client).contains("data: {\"error\":")) {
              broken.add(client);
            }
          }
          return broken.size() >= COUNT - 1;
        });
    assertThat(instance.log()).containsOnlyOnce("answers are broken off");
    served();
    for (Connection client : gateway.clients) {
      client.abort();
    }
    gateway.clients.clear();
    whole();
  }

  @Test
  void collectedAnswersShareTheirRoom() throws IOException {
    emulator.otherwise(_ ->
        Answer.chunked(200, "text/event-stream").repeat(BEGIN + "x".repeat(8_000) + END, 100_000));
    for (int i = 0; i < COUNT; i++) {
      ask(false);
    }
    for (Connection client : gateway.clients) {
      assertThat(client.readHead()).isEqualTo(503);
      assertThat(client.header("retry-after")).isEqualTo("1");
      assertThat(client.body()).contains("\"error\"");
    }
    served();
  }

  @Test
  void whoNeverStopsSendingLeavesTheOthersTheirTurn() throws IOException {
    emulator.otherwise(
        _ -> Answer.chunked(200, "text/event-stream").repeat(": x\n\n".repeat(4000), 1_000_000));
    for (int i = 0; i < 8; i++) {
      ask(true);
    }
    await().until(() -> emulator.requests().size() == 8);
    for (int i = 0; i < 20; i++) {
      served();
    }
    assertThat(instance.log()).doesNotContain("virtual threads do not run");
  }

  /** Closed streams have given their room back. */
  private void whole() {
    emulator.otherwise(_ ->
        Answer.chunked(200, "text/event-stream")
            .send(BEGIN)
            .repeat(MEGABYTE, 3)
            .send(
                END
                    + "data:"
                    + " {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
            .send("data: [DONE]\n\n"));
    await()
        .until(() -> {
          Connection client = ask(true);
          return client.readHead() == 200 && client.body().endsWith("data: [DONE]\n\n");
        });
  }

  private void served() throws IOException {
    emulator.otherwise(new ChatReply().text("b"));
    Connection last = ask(true);
    assertThat(last.readHead()).isEqualTo(200);
    assertThat(last.body()).contains("[DONE]");
  }

  private static String text(Connection client) throws IOException {
    byte[] piece = client.next();
    return piece == null ? "" : new String(piece, StandardCharsets.UTF_8);
  }

  private Connection ask(boolean stream) throws IOException {
    String body = BadInputTest.chat("openai-legacy:m");
    return gateway.send(
        body.replace("\"stream\":true", "\"stream\":" + stream).getBytes(StandardCharsets.UTF_8));
  }
}
