package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's own client talks to the distribution, answered by the stub and by a provider. */
@Tag("system")
@ExtendWith(SharedInstance.class)
class OpenAiClientTest {
  @ParameterizedTest
  @CsvSource({
    "local-stub:stub-echo, true",
    "local-stub:stub-echo, false",
    "openai-legacy:echo, true",
    "openai-legacy:echo, false"
  })
  void text(String model, boolean streaming, SharedInstance.Parts parts) {
    ChatCompletion answer = answer(parts.client(), ask(model), streaming);

    assertThat(answer.choices().getFirst().message().content().orElseThrow())
        .contains("hello there");
    assertThat(answer.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(answer.usage()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "local-stub:stub-tools-parallel, true",
    "local-stub:stub-tools-parallel, false",
    "openai-legacy:tools-parallel, true",
    "openai-legacy:tools-parallel, false"
  })
  void toolsAndTheirResults(String model, boolean streaming, SharedInstance.Parts parts) {
    ChatCompletionCreateParams.Builder turn = tools(ask(model));
    ChatCompletion answer = answer(parts.client(), turn, streaming);
    assertThat(answer.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(answer.choices().getFirst().message().toolCalls().orElseThrow()).hasSize(2);
    turn.addMessage(answer.choices().getFirst().message());
    for (ChatCompletionMessageToolCall call :
        answer.choices().getFirst().message().toolCalls().orElseThrow()) {
      assertThat(call.asFunction().function().name()).isEqualTo("weather");
      turn.addMessage(
          ChatCompletionToolMessageParam.builder()
              .toolCallId(call.asFunction().id())
              .content("sunny")
              .build());
    }

    ChatCompletion last = answer(parts.client(), turn, streaming);

    assertThat(last.choices().getFirst().message().content().orElseThrow())
        .contains("The tool said: sunny");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local-stub:stub-error-429", "openai-legacy:error-429"})
  void anErrorBeforeOutput(String model, SharedInstance.Parts parts) {
    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(() -> answer(parts.client(), ask(fresh(model, parts)), true))
        .satisfies(e -> assertThat(e.headers().values("retry-after")).containsExactly("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local-stub:stub-error-after-3", "openai-legacy:error-inband"})
  void anErrorAfterOutput(String model, SharedInstance.Parts parts) {
    assertThatExceptionOfType(OpenAIException.class)
        .isThrownBy(() -> answer(parts.client(), ask(model), true));
  }

  @Test
  void aWrongParameter(SharedInstance.Parts parts) {
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() ->
            answer(
                parts.client(),
                ask("openai-legacy:echo")
                    .putAdditionalBodyProperty("temperature", JsonValue.from("hot")),
                false));
  }

  @Test
  void models(SharedInstance.Parts parts) {
    assertThat(parts.client().models().list().data())
        .anyMatch(model -> model.id().contains("stub-"));
  }

  /** A limit that was hit rests the key: that is not for the other tests. */
  private static String fresh(String model, SharedInstance.Parts parts) {
    return model.startsWith("openai-legacy:")
        ? model.replace("openai-legacy", parts.provider(""))
        : model;
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

  private static ChatCompletion answer(
      OpenAIClient client, ChatCompletionCreateParams.Builder params, boolean streaming) {
    if (!streaming) {
      return client.chat().completions().create(params.build());
    }
    ChatCompletionCreateParams asked =
        params
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(asked)) {
      chunks.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }
}
