package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lip.testing.emulator.Answer;
import lip.testing.emulator.chat.ChatFailure;
import lip.testing.emulator.chat.ChatReply;
import lip.testing.emulator.chat.ChatScript;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider that misbehaves: the client is told in its own protocol, and never left alone. */
@Tag("system")
@ExtendWith(SharedInstance.class)
class BadUpstreamTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String RECORD =
      "data:"
          + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"},\"finish_reason\":null}]}\n\n";

  static Stream<Arguments> beforeOutput() {
    return Stream.of(
        Arguments.of("refuses", ChatFailure.of(429), 429),
        Arguments.of("is broken", ChatFailure.of(500), 502),
        Arguments.of(
            "sends a page instead of an answer",
            script(Answer.whole(200, "text/html", "<html><body>hello</body></html>")),
            502),
        Arguments.of(
            "sends no JSON as JSON",
            script(Answer.whole(200, "application/json", "not json at all")),
            502),
        Arguments.of(
            "sends a stream that is none",
            script(Answer.chunked(200, "text/event-stream").send("<html>hello</html>\n\n")),
            502),
        Arguments.of(
            "closes before it answers",
            (ChatScript) _ -> Answer.whole(200, "text/plain", "").resetBeforeHead(),
            502),
        Arguments.of(
            "sends an event of 100 MB",
            script(
                Answer.chunked(200, "text/event-stream")
                    .send("data: {\"choices\":[{\"delta\":{\"content\":\"")
                    .repeat("x".repeat(1 << 20), 100)),
            502));
  }

  private static ChatScript script(Answer answer) {
    return _ -> answer;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beforeOutput")
  void aFailureBeforeOutputHasItsStatus(
      String name, ChatScript script, int status, SharedInstance.Parts parts) throws IOException {
    String provider = parts.provider("");
    // Twice: a request whose kept connection broke before any answer is sent once more.
    parts.emulator().script(script, script);
    try (var connection = new Connection(parts.instance().port())) {
      int got = connection.post(CHAT, "application/json", BadInputTest.chat(provider + ":m"));
      assertThat(BadInputTest.error(connection)).isNotEmpty();
      // 500 of a provider may be passed on as such; everything else that is broken is a bad
      // gateway.
      assertThat(got).as(name).isIn(status == 429 ? List.of(429) : List.of(500, 502, 503));
    } finally {
      parts.emulator().reset();
    }
  }

  @Test
  void aCloseInsideAnEventIsAnErrorInTheStream(SharedInstance.Parts parts) throws IOException {
    parts
        .emulator()
        .script(
            script(
                Answer.chunked(200, "text/event-stream")
                    .send(RECORD)
                    .pause(Duration.ofMillis(100))
                    .send(RECORD.substring(0, 60))
                    .close()));

    assertThat(brokenStream(parts, parts.provider("") + ":m")).contains("\"error\"");
  }

  @Test
  void anErrorInsideTheStreamStaysAnError(SharedInstance.Parts parts) throws IOException {
    parts
        .emulator()
        .script(new ChatReply().text("a", "b").failure("server_error", "x", "Overloaded."));

    assertThat(brokenStream(parts, parts.provider("") + ":m")).contains("\"error\"");
  }

  @Test
  void aStallEndsAtTheIdleLimit(SharedInstance.Parts parts) throws IOException {
    parts.emulator().script(new ChatReply().text("a").stall());
    String impatient = parts.provider("stream.idle.timeout = 1s\n");

    assertThat(brokenStream(parts, impatient + ":m")).contains("\"error\"");
  }

  /** A stream that begins and then ends with an error record, without the mark of an end. */
  private static String brokenStream(SharedInstance.Parts parts, String model) throws IOException {
    var all = new StringBuilder();
    try (var connection = new Connection(parts.instance().port())) {
      int status = connection.post(CHAT, "application/json", BadInputTest.chat(model));
      assertThat(status).isEqualTo(200);
      try {
        for (byte[] piece = connection.next(); piece != null; piece = connection.next()) {
          all.append(new String(piece, java.nio.charset.StandardCharsets.UTF_8));
        }
      } catch (java.io.EOFException e) {
        // The protocol's way to end a stream that failed.
      }
    }
    BadInputTest.assertClean(all.toString());
    assertThat(all).doesNotContain("[DONE]");
    return all.toString();
  }
}
