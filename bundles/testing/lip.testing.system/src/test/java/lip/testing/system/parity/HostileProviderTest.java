package lip.testing.system.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonValue;
import lip.testing.system.parity.ParityInstance.Dialect;
import lip.testing.system.parity.ParityInstance.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A provider of either dialect that means harm: the client of either dialect is told in its own
 * protocol, nothing of the provider's bytes gets out, and the next call is served.
 */
@Tag("system")
class HostileProviderTest {
  private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);
  private static final int MB = 1 << 20;

  private static ParityInstance instance;

  @BeforeAll
  static void start() {
    instance =
        new ParityInstance(
            "stream.idle.timeout = 2s\nresponse.header.timeout = 2s\n"
                + "unstreamed.response.timeout = 2s\n");
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  static Stream<Arguments> cells() {
    Map<String, Function<Dialect, Answer>> answers =
        Map.ofEntries(
            Map.entry("a page", _ -> Answer.whole(200, "text/html", "<html>EVIL</html>")),
            Map.entry("no JSON as JSON", _ -> Answer.whole(200, "application/json", "EVIL")),
            Map.entry(
                "a stream that is none",
                _ -> Answer.chunked(200, "text/event-stream").send("<html>EVIL</html>\n\n")),
            Map.entry("a whole answer 10,000 deep", d -> whole(d, DEEP)),
            Map.entry("an event 10,000 deep", d -> stream(d, DEEP)),
            Map.entry("an error 10,000 deep", _ -> Answer.whole(500, "application/json", DEEP)),
            Map.entry("a whole answer of 100 MB", HostileProviderTest::hugeWhole),
            Map.entry("an event of 100 MB", HostileProviderTest::hugeEvent),
            Map.entry("a comment of 100 MB", HostileProviderTest::hugeComment),
            Map.entry("a packed event of 100 MB", HostileProviderTest::bomb),
            Map.entry("a packed error of 100 MB", _ -> packed(500, "application/json", "")),
            Map.entry("10,000 fields", _ -> fields()),
            Map.entry("a field of 1 MB", _ -> field("x".repeat(MB))),
            Map.entry("a stall", _ -> Answer.chunked(200, "text/event-stream").stall()),
            Map.entry("a stall in the head", _ -> Answer.whole(200, "a/b", "").stallBeforeHead()),
            Map.entry("a redirect to another server", d -> redirect(d.other(), 302)),
            Map.entry("a redirect that keeps the body", d -> redirect(d.other(), 307)));
    return answers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(answer ->
            Stream.of(Dialect.values())
                .flatMap(client ->
                    Stream.of(Dialect.values())
                        .flatMap(provider ->
                            Stream.of(true, false)
                                .map(streamed ->
                                    Arguments.of(
                                        answer.getKey(),
                                        client,
                                        provider,
                                        streamed,
                                        answer.getValue())))));
  }

  @ParameterizedTest(name = "{0}: {1} on {2}, streaming {3}")
  @MethodSource("cells")
  void isToldAndSurvived(
      String name,
      Dialect client,
      Dialect provider,
      boolean streamed,
      Function<Dialect, Answer> answer) {
    String body = body(provider.route("m"), streamed);
    Outcome outcome = instance.played(client, provider, body, answer.apply(provider));

    assertThat(outcome.status()).as(outcome.answer()).isBetween(500, 529);
    assertThat(outcome.answer().length()).isLessThan(4_096);
    assertThat(outcome.answer()).doesNotContain("EVIL").doesNotContain("Exception");
    JsonValue error = ParityInstance.parsed(outcome.answer());
    assertThat(Pointers.get(error, "/error/message")).isInstanceOf(JsonValue.Text.class);
    assertThat(Pointers.get(error, "/type"))
        .isEqualTo(client == Dialect.CHAT ? null : JsonValue.of("error"));
    assertThat(
            provider == Dialect.CHAT ? instance.messages().requests() : instance.chat().requests())
        .as("nobody else is asked")
        .isEmpty();
    Outcome next = instance.raw(client, provider, body(provider.route("m"), false), Map.of());
    assertThat(next.status()).as(next.answer()).isEqualTo(200);
  }

  private static String body(String model, boolean streamed) {
    return "{\"model\":\"%s\",\"max_tokens\":9,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
        .formatted(model, streamed);
  }

  private static Answer whole(Dialect dialect, String odd) {
    String body =
        dialect == Dialect.CHAT
            ? "{\"id\":\"x\",\"odd\":%s,\"choices\":[{\"index\":0,\"message\":{\"content\":\"EVIL\"},\"finish_reason\":\"stop\"}]}"
            : "{\"id\":\"x\",\"type\":\"message\",\"odd\":%s,\"content\":[{\"type\":\"text\",\"text\":\"EVIL\"}],\"stop_reason\":\"end_turn\"}";
    return Answer.whole(200, "application/json", body.formatted(odd));
  }

  private static Answer stream(Dialect dialect, String odd) {
    String event =
        dialect == Dialect.CHAT
            ? "data:"
                  + " {\"id\":\"x\",\"odd\":%s,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"EVIL\"}}]}\n\n"
            : "event: message_start\n"
                + "data:"
                + " {\"type\":\"message_start\",\"odd\":%s,\"message\":{\"id\":\"EVIL\"}}\n\n";
    return Answer.chunked(200, "text/event-stream").send(event.formatted(odd));
  }

  private static Answer hugeWhole(Dialect dialect) {
    return Answer.chunked(200, "application/json")
        .send("{\"id\":\"")
        .repeat("EVIL".repeat(MB / 4), 100);
  }

  private static Answer hugeEvent(Dialect dialect) {
    return Answer.chunked(200, "text/event-stream")
        .send("data: {\"id\":\"")
        .repeat("EVIL".repeat(MB / 4), 100);
  }

  private static Answer hugeComment(Dialect dialect) {
    return Answer.chunked(200, "text/event-stream").send(": ").repeat("EVIL".repeat(MB / 4), 100);
  }

  private static Answer bomb(Dialect dialect) {
    return packed(200, "text/event-stream", "data: {\"id\":\"");
  }

  private static Answer packed(int status, String type, String start) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(start.getBytes(StandardCharsets.US_ASCII));
      byte[] piece = "EVIL".repeat(MB / 4).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 100; i++) {
        out.write(piece);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Answer.chunked(status, type)
        .header("Content-Encoding", "gzip")
        .send(bytes.toByteArray());
  }

  private static Answer fields() {
    Answer answer = Answer.whole(200, "application/json", "{}");
    for (int i = 0; i < 10_000; i++) {
      answer = answer.header("X-Evil-" + i, "EVIL");
    }
    return answer;
  }

  private static Answer field(String value) {
    return Answer.whole(200, "application/json", "{}").header("X-Evil", value);
  }

  private static Answer redirect(Dialect elsewhere, int status) {
    String base =
        elsewhere == Dialect.CHAT
            ? instance.chat().baseUrl() + "/chat/completions"
            : instance.messages().baseUrl() + "/v1/messages";
    return Answer.whole(status, "text/html", "<html>EVIL</html>").header("Location", base);
  }
}
