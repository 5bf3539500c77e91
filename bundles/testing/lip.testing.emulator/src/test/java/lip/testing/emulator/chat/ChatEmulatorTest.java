package lip.testing.emulator.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import lip.testing.emulator.Answer;
import lip.testing.emulator.Ending;
import lip.testing.emulator.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEmulatorTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ChatEmulator emulator = ChatEmulator.start();
  private final Client client = new Client(emulator);

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void echoesAndKeepsTheExactRequest() throws Exception {
    String body =
        "{ \"model\":\"any\", \"messages\":[{\"role\":\"user\",\"content\":\"grüß dich\"}]}";
    assertThat(client.chat(body).body()).contains("\"content\":\"You said: grüß dich\"");
    assertThat(emulator.lastRequest().bodyText()).isEqualTo(body);
    assertThat(emulator.lastRequest().target()).isEqualTo("/v1/chat/completions");
    assertThat(emulator.exchanges().getLast().awaitEnding(LONG)).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void streamsTheStandardChunks() throws Exception {
    emulator.script(new ChatReply().text("a").toolCall("c1", "f", "{}"));
    assertThat(client.stream("m").body().lines().filter(line -> !line.isEmpty()))
        .hasSize(6)
        .allMatch(line -> line.startsWith("data: "))
        .anyMatch(line -> line.contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}"))
        .anyMatch(line -> line.contains("\"finish_reason\":\"tool_calls\""))
        .noneMatch(line -> line.contains("usage"))
        .endsWith("data: [DONE]");
  }

  @Test
  void answersUsageOnlyWhenAsked() throws Exception {
    String body =
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    String stream = client.chat(body).body();
    assertThat(stream).contains("\"usage\":null").contains("\"choices\":[],\"usage\":{");
  }

  @Test
  void refusesAnIllegalRequestAndKeepsTheScript() throws Exception {
    emulator.script(new ChatReply().text("later"));
    HttpResponse<String> refused = client.chat("{\"model\":\"m\",\"messages\":[]}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"param\":\"messages\"");
    assertThat(client.chat("{\"model\":\"m\",\"model\":\"n\"}").statusCode()).isEqualTo(400);
    assertThat(client.chat("{").statusCode()).isEqualTo(400);
    assertThat(emulator.scriptsLeft()).isEqualTo(1);
    assertThat(emulator.requests()).hasSize(3);
  }

  @Test
  void answersForms() throws Exception {
    assertThat(client.stream("crlf").body()).contains("\r\n\r\n").doesNotContain("}\n\n");
    assertThat(client.stream("comments").body()).contains(": PROCESSING\n\n");
    assertThat(client.stream("no-done").body()).doesNotContain("[DONE]");
    assertThat(client.stream("no-finish").body()).doesNotContain("\"finish_reason\":\"stop\"");
    assertThat(client.stream("tools-no-index").body()).doesNotContain("\"index\":0,\"id\"");
    assertThat(client.stream("tools-no-id").body()).doesNotContain("\"id\":\"call");
    assertThat(client.stream("reasoning").body()).contains("\"reasoning_content\":\"Let me \"");
    assertThat(client.stream("reasoning-field").body()).contains("\"reasoning\":\"Let me \"");
    assertThat(client.stream("error-inband").body())
        .contains("{\"error\":{")
        .doesNotContain("DONE");
    assertThat(client.stream("html").headers().firstValue("content-type")).contains("text/html");
    assertThat(client.stream("never-streams").body()).contains("\"object\":\"chat.completion\"");
    assertThat(client.stream("error-529").statusCode()).isEqualTo(529);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncate", "reset", "reset-first", "bad-length"})
  void breaksOff(String model) throws Exception {
    assertThatThrownBy(() -> client.stream(model)).isInstanceOf(IOException.class);
    assertThat(emulator.exchanges().getLast().awaitEnding(LONG)).isEqualTo(Ending.CUT);
  }

  @Test
  void splitsWithoutChangingAByte() throws Exception {
    ChatReply reply = new ChatReply().text("é😀", "x");
    emulator.script(reply, reply.wire(answer -> answer.splitEvery(1)));
    String whole = client.stream("m").body();
    String split = client.stream("m").body();
    assertThat(split).isEqualTo(whole.replace("emulator-1", "emulator-2"));
  }

  @Test
  void waitsForAGate() throws Exception {
    Gate gate = new Gate();
    emulator.script(new ChatReply().text("a").await(gate).text("b"));
    CompletableFuture<HttpResponse<String>> answer = client.streamLater("m");
    await().until(() -> emulator.exchanges().size() == 1);
    assertThat(answer).isNotDone();
    gate.open();
    assertThat(answer.get().body()).contains("\"content\":\"b\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stall", "stall-body"})
  void seesTheClientGo(String model) throws Exception {
    CompletableFuture<HttpResponse<String>> answer = client.streamLater(model);
    await().until(() -> emulator.exchanges().size() == 1);
    answer.cancel(true);
    assertThat(emulator.exchanges().getFirst().awaitEnding(LONG)).isEqualTo(Ending.CLIENT_GONE);
    await().until(() -> emulator.openConnections() == 0);
  }

  @Test
  void sendsAnEventOfAHundredMegabytes() throws Exception {
    assertThat(client.stream("huge").body().length()).isGreaterThan(100_000_000);
  }

  @Test
  void aScriptThatThrowsIsSeen() throws Exception {
    emulator.script(_ -> {
      throw new IllegalStateException("bug");
    });
    assertThat(client.stream("m").statusCode()).isEqualTo(500);
    assertThat(emulator.exchanges().getLast().bug()).hasMessage("bug");
  }

  @Test
  void otherPathsAndMethods() throws Exception {
    emulator.otherwise(_ -> Answer.whole(200, "text/plain", "always"));
    assertThat(client.stream("m").body()).isEqualTo("always");
    assertThat(client.get("/v1/other").statusCode()).isEqualTo(404);
    assertThat(client.get("/v1/chat/completions").statusCode()).isEqualTo(405);
    assertThat(client.get("/v1/models/none").statusCode()).isEqualTo(404);
    assertThat(client.get("/v1/models").body()).contains("\"object\":\"list\"");
  }

  @Test
  void everyListedModelIsInTheDocumentation() throws Exception {
    String page =
        java.nio.file.Files.readString(java.nio.file.Path.of("../../../docs/emulator.md"));
    assertThat(
            new ChatModels(Duration.ZERO)
                .names().stream()
                    .filter(name -> !page.contains("`" + name + "`"))
                    .collect(Collectors.toList()))
        .isEmpty();
  }
}
