package lip.testing.emulator.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the emulator sends is read by the vendor's own SDK. */
class OpenAiSdkTest {
  private final ChatEmulator emulator = ChatEmulator.start(ChatSettings.DEFAULT.withKey("right"));
  private final OpenAIClient client = client("right");

  @AfterEach
  void close() {
    client.close();
    emulator.close();
  }

  @Test
  void text() {
    emulator.script(new ChatReply().text("Hel", "lo").usage(11, 22));
    ChatCompletion answer = client.chat().completions().create(ask("m").build());
    assertThat(answer.choices().getFirst().message().content()).contains("Hello");
    assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(33);
    assertThat(emulator.lastRequest().header("Authorization")).contains("Bearer right");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "crlf", "comments", "data-lines", "split", "drip"})
  void streamedTextInEveryForm(String model) {
    ChatCompletion answer = stream(ask(model));
    assertThat(answer.choices().getFirst().message().content().orElseThrow()).isNotEmpty();
    assertThat(answer.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(answer.usage()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void toolCallsAndTheirResults(boolean streaming) {
    ChatCompletionCreateParams.Builder turn = tools(ask("tools-parallel"));
    ChatCompletion answer = streaming ? stream(turn) : create(turn);
    assertThat(answer.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    turn.addMessage(answer.choices().getFirst().message());
    for (ChatCompletionMessageToolCall call :
        answer.choices().getFirst().message().toolCalls().orElseThrow()) {
      assertThat(call.asFunction().function().name()).isEqualTo("weather");
      assertThat(call.asFunction().function().arguments()).isEqualTo("{\"city\": \"Rome\"}");
      turn.addMessage(
          ChatCompletionToolMessageParam.builder()
              .toolCallId(call.asFunction().id())
              .content("sunny")
              .build());
    }
    ChatCompletion last = streaming ? stream(turn) : create(turn);
    assertThat(last.choices().getFirst().message().content()).contains("The tool said: sunny");
  }

  @Test
  void refusal() {
    assertThat(stream(ask("refusal")).choices().getFirst().message().refusal())
        .contains("I cannot help with that.");
    assertThat(create(ask("refusal")).choices().getFirst().message().refusal()).isPresent();
  }

  @Test
  void lengthAndContentFilter() {
    assertThat(stream(ask("length")).choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    assertThat(create(ask("content-filter")).choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.CONTENT_FILTER);
  }

  @Test
  void errors() {
    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(() -> create(ask("error-429")))
        .satisfies(e -> assertThat(e.headers().values("retry-after")).containsExactly("1"));
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> create(ask("m").temperature(3.0)))
        .satisfies(e -> assertThat(e.param()).contains("temperature"));
    assertThatExceptionOfType(OpenAIException.class)
        .isThrownBy(() -> stream(ask("error-inband")))
        .withMessageContaining("Overloaded");
  }

  @Test
  void aWrongKey() {
    OpenAIClient wrong = client("wrong");
    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> wrong.chat().completions().create(ask("m").build()));
    wrong.close();
  }

  @Test
  void models() {
    assertThat(client.models().list().data()).anyMatch(model -> model.id().equals("echo"));
    assertThat(client.models().retrieve("echo").id()).isEqualTo("echo");
  }

  private OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .apiKey(key)
        .baseUrl(emulator.baseUrl().toString())
        .maxRetries(0)
        .build();
  }

  private static ChatCompletionCreateParams.Builder ask(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("hello there");
  }

  private static ChatCompletionCreateParams.Builder tools(
      ChatCompletionCreateParams.Builder params) {
    FunctionParameters schema =
        FunctionParameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
            .build();
    return params.addFunctionTool(
        FunctionDefinition.builder().name("weather").parameters(schema).build());
  }

  private ChatCompletion create(ChatCompletionCreateParams.Builder params) {
    return client.chat().completions().create(params.build());
  }

  private ChatCompletion stream(ChatCompletionCreateParams.Builder params) {
    ChatCompletionCreateParams streaming =
        params
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(streaming)) {
      chunks.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }
}
