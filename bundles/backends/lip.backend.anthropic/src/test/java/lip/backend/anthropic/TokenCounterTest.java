package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Message;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.frontend.anthropic.AnthropicRequests;
import lip.sdk.backend.Backend;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {
  private static final String COUNT = "{\"input_tokens\":2095,\"context_management\":{}}";

  @Test
  void theClientsOwnRequestIsAskedAsItCame() throws Exception {
    String body =
        "{ \"model\":\"claude-x\",\"system\":\"s\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"odd\":1}";
    FixedUpstream upstream = FixedUpstream.status(200, COUNT);
    Call call =
        AnthropicRequests.count(
            body.getBytes(StandardCharsets.UTF_8), "2023-06-01", "token-counting-x");
    assertThat(backend(upstream).countTokens(new TestAttempt("claude-x", call))).hasValue(2095);
    assertThat(upstream.lastBody()).isEqualTo(body);
    assertThat(upstream.last().uri())
        .hasToString("https://x.test/v1/messages/count_tokens?beta=true");
    assertThat(upstream.last().headers().first("anthropic-beta")).isEqualTo("token-counting-x");
    assertThat(upstream.last().headers().first("x-api-key")).isEqualTo("first-key");
  }

  @Test
  void whatOnlyAnAnswerNeedsIsNotSent() throws Exception {
    FixedUpstream upstream = FixedUpstream.status(200, COUNT);
    Call call =
        Call.builder("c", Dialect.OPENAI_CHAT)
            .messages(List.of(Message.text(Role.USER, "x")))
            .options(
                Options.builder()
                    .maxOutputTokens(5)
                    .temperature(0.5)
                    .topK(3)
                    .stop(List.of("a"))
                    .userId("u")
                    .build())
            .build();
    assertThat(backend(upstream).countTokens(new TestAttempt("claude-x", call))).hasValue(2095);
    assertThat(upstream.lastBody())
        .contains("\"model\":\"claude-x\"")
        .contains("\"messages\"")
        .doesNotContain("max_tokens")
        .doesNotContain("stream")
        .doesNotContain("stop_sequences")
        .doesNotContain("temperature")
        .doesNotContain("top_k")
        .doesNotContain("metadata");
  }

  @Test
  void aServerThatDoesNotCountIsNotAskedAgain() throws Exception {
    FixedUpstream upstream = FixedUpstream.status(404, "404 page not found");
    Backend backend = backend(upstream);
    for (int i = 0; i < 3; i++) {
      assertThat(backend.countTokens(new TestAttempt("m", Calls.text("x")))).isEmpty();
    }
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void aModelThatIsNotThereIsNoReasonToStopAsking() throws Exception {
    FixedUpstream upstream =
        FixedUpstream.status(
            404,
            "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"model:"
                + " m\"}}");
    Backend backend = backend(upstream);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> backend.countTokens(new TestAttempt("m", Calls.text("x"))))
          .isInstanceOf(UpstreamFailure.class);
    }
    assertThat(upstream.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"input_tokens\":\"many\"}", "[]", "<html>"})
  void anotherAnswerIsNone(String answer) {
    assertThatThrownBy(() ->
            backend(FixedUpstream.status(200, answer))
                .countTokens(new TestAttempt("m", Calls.text("x"))))
        .isInstanceOf(UpstreamFailure.class);
  }

  @Test
  void aNegativeOrMissingCountIsNone() throws Exception {
    for (String answer : List.of("{}", "{\"input_tokens\":-5}")) {
      assertThat(
              backend(FixedUpstream.status(200, answer))
                  .countTokens(new TestAttempt("m", Calls.text("x"))))
          .isEmpty();
    }
  }

  @Test
  void keysAreTriedInTurn() {
    FixedUpstream upstream =
        FixedUpstream.status(
            401,
            "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"no\"}}");
    assertThatThrownBy(() -> backend(upstream).countTokens(new TestAttempt("m", Calls.text("x"))))
        .isInstanceOf(UpstreamFailure.class);
    assertThat(upstream.requests()).hasSize(2);
  }

  private static Backend backend(FixedUpstream upstream) throws Exception {
    return Backends.of(
        upstream, Map.of("base.url", "https://x.test", "models", "m"), "first-key", "second-key");
  }
}
