package lip.testing.emulator.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's own client understands what the emulator says. */
class MessagesEmulatorTest {
  private static MessagesEmulator emulator;
  private static AnthropicClient client;

  @BeforeAll
  static void start() {
    emulator = MessagesEmulator.start();
    client =
        AnthropicOkHttpClient.builder()
            .baseUrl(emulator.baseUrl().toString())
            .apiKey("k")
            .maxRetries(0)
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    emulator.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"echo", "thinking", "redacted", "cited", "split", "crlf", "comments", "tools"})
  void streamAndWholeAreTheSame(String model) {
    Message streamed = streamed(ask(model));
    Message whole = client.messages().create(ask(model).build());
    assertThat(streamed.content()).hasSameSizeAs(whole.content());
    assertThat(streamed.content().getLast().toString().replaceAll("toolu_\\w+|citations=\\S+ ", ""))
        .isEqualTo(
            whole.content().getLast().toString().replaceAll("toolu_\\w+|citations=\\S+ ", ""));
    assertThat(streamed.stopReason()).isEqualTo(whole.stopReason());
  }

  @Test
  void countsAreOfTheQuestionAlone() {
    MessageCountTokensParams.Builder asked =
        MessageCountTokensParams.builder().model("echo").addUserMessage("one two three");
    long few = client.messages().countTokens(asked.build()).inputTokens();
    long more = client.messages().countTokens(asked.addUserMessage("four").build()).inputTokens();
    assertThat(few).isPositive().isLessThan(more);
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() ->
            client
                .messages()
                .countTokens(
                    asked.putAdditionalBodyProperty("max_tokens", JsonValue.from(9)).build()));
    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(() ->
            client
                .messages()
                .countTokens(
                    MessageCountTokensParams.builder()
                        .model("error-429")
                        .addUserMessage("x")
                        .build()));
  }

  @Test
  void errors() {
    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(() -> client.messages().create(ask("error-429").build()));
    assertThatExceptionOfType(AnthropicException.class)
        .isThrownBy(() -> streamed(ask("error-inband")));
  }

  @Test
  void refusesWhatTheProtocolDoesNotAllow() {
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> client.messages().create(ask("echo").addUserMessage(" ").build()))
        .withMessageContaining("messages.1.content");
  }

  @Test
  void stopSequence() {
    Message message = streamed(ask("stop"));
    assertThat(message.stopReason()).contains(StopReason.STOP_SEQUENCE);
    assertThat(message.stopSequence()).contains("END");
  }

  private static MessageCreateParams.Builder ask(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(100).addUserMessage("hello there");
  }

  private static Message streamed(MessageCreateParams.Builder params) {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(params.build())) {
      events.stream().forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }
}
