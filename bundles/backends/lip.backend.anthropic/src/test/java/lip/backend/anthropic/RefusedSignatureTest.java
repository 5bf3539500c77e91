package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.failure.UpstreamFailure;
import lip.frontend.anthropic.AnthropicRequests;
import lip.sdk.fidelity.Deviation;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Events;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signature that the provider refuses must not brick a conversation. */
class RefusedSignatureTest {
  private static final String WORDS =
      "messages.1.content.0: Invalid `signature` in `thinking` block";

  private final List<Request> sent = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        WORDS,
        "messages.3.content.0: Invalid signature in thinking block",
        "The signature in the thinking block is invalid."
      })
  void isSentOnceMoreWithoutReasoning(String words) throws Exception {
    TestAttempt attempt =
        new TestAttempt("claude-x", loop("\"thinking\":{\"type\":\"adaptive\"},"));
    List<Event> events =
        Events.drain(
            Backends.of(inTurn(refusal(words), FixedUpstream.stream(MessageStreamTest.text("a"))))
                .open(attempt));
    assertThat(events).contains(new Event.TextDelta("a"));
    assertThat(sent).hasSize(2);
    assertThat(body(0)).contains("sig-of-another-account");
    assertThat(body(1))
        .doesNotContain("sig-of-another-account")
        .doesNotContain("redacted_thinking")
        .doesNotContain("let me see")
        .contains("\"thinking\":{\"type\":\"adaptive\"}")
        .contains("\"id\":\"toolu_1\"")
        .contains("\"tool_use_id\":\"toolu_1\"");
    assertThat(sent.get(1).headers()).hasToString(sent.get(0).headers().toString());
    assertThat(attempt.reported()).extracting(Deviation::field).contains("reasoning");
  }

  /** With a budget the provider wants reasoning before calls; there is none any more. */
  @Test
  void aBudgetIsLeftOutInsideAToolLoop() throws Exception {
    Backends.of(inTurn(refusal(WORDS), FixedUpstream.stream(MessageStreamTest.text("a"))))
        .open(
            new TestAttempt(
                "claude-x", loop("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},")));
    assertThat(body(0)).contains("budget_tokens");
    assertThat(body(1)).doesNotContain("budget_tokens");
  }

  @Test
  void onceIsEnough() throws Exception {
    assertThatThrownBy(() ->
            Backends.of(inTurn(refusal(WORDS), refusal(WORDS), refusal(WORDS)))
                .open(new TestAttempt("claude-x", loop(""))))
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e -> assertThat(e.failure().message()).contains("Invalid `signature`"));
    assertThat(sent).hasSize(2);
  }

  @Test
  void aHistoryWithoutReasoningIsNotSentAgain() throws Exception {
    Call call =
        AnthropicRequests.decode(
            "{\"model\":\"claude-x\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                .getBytes(StandardCharsets.UTF_8),
            "2023-06-01");
    assertThatThrownBy(() ->
            Backends.of(inTurn(refusal(WORDS), refusal(WORDS)))
                .open(new TestAttempt("claude-x", call)))
        .isInstanceOf(UpstreamFailure.class);
    assertThat(sent).hasSize(1);
  }

  @Test
  void anotherRefusalIsNone() throws Exception {
    assertThatThrownBy(() ->
            Backends.of(inTurn(refusal("max_tokens: too large"), refusal(WORDS)))
                .open(new TestAttempt("claude-x", loop(""))))
        .isInstanceOf(UpstreamFailure.class);
    assertThat(sent).hasSize(1);
  }

  private String body(int index) {
    return new String(sent.get(index).body(), StandardCharsets.UTF_8);
  }

  private Upstream inTurn(FixedUpstream... answers) {
    return request -> {
      sent.add(request);
      return answers[sent.size() - 1].send(request);
    };
  }

  private static FixedUpstream refusal(String words) {
    return FixedUpstream.status(
        400,
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\""
            + words
            + "\"}}");
  }

  private static Call loop(String fields) throws Exception {
    String body =
        "{\"model\":\"claude-x\",\"max_tokens\":4000,"
            + fields
            + "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"messages\":["
            + "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"let"
            + " me see\",\"signature\":\"sig-of-another-account\"},"
            + "{\"type\":\"redacted_thinking\",\"data\":\"zzz\"},"
            + "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}]},"
            + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"r\"}]}]}";
    return AnthropicRequests.decode(body.getBytes(StandardCharsets.UTF_8), "2023-06-01");
  }
}
