package lip.testing.system;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;
import java.util.Map;

/** OpenAI's client. */
final class ChatTalk implements Talk {
  private final OpenAIClient client;
  private final ChatCompletionCreateParams.Builder turns;

  ChatTalk(OpenAIClient client, String model) {
    this.client = client;
    turns = ChatCompletionCreateParams.builder().model(model).addSystemMessage("be kind");
  }

  @Override
  public Talk withTool() {
    FunctionParameters schema =
        FunctionParameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
            .build();
    turns.addFunctionTool(FunctionDefinition.builder().name("weather").parameters(schema).build());
    return this;
  }

  @Override
  public Talk stopAt(String text) {
    turns.stopOfStrings(List.of(text));
    return this;
  }

  @Override
  public Talk say(String text) {
    turns.addUserMessage(text);
    return this;
  }

  @Override
  public Talk show(String base64Png) {
    var url =
        ChatCompletionContentPartImage.ImageUrl.builder()
            .url("data:image/png;base64," + base64Png)
            .build();
    turns.addUserMessageOfArrayOfContentParts(
        List.of(
            ChatCompletionContentPart.ofImageUrl(
                ChatCompletionContentPartImage.builder().imageUrl(url).build())));
    return this;
  }

  @Override
  public Talk results(Said calls, String text) {
    for (Said.Call call : calls.calls()) {
      turns.addMessage(
          ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content(text).build());
    }
    return this;
  }

  @Override
  public Said answer(boolean streaming) {
    ChatCompletion answer =
        streaming ? streamed() : client.chat().completions().create(turns.build());
    var choice = answer.choices().getFirst();
    if (choice.message().toolCalls().orElse(List.of()).isEmpty()) {
      // The accumulator leaves an empty list of calls, which providers refuse in a history.
      turns.addAssistantMessage(choice.message().content().orElse(""));
    } else {
      turns.addMessage(choice.message());
    }
    List<Said.Call> calls =
        choice.message().toolCalls().orElse(List.of()).stream()
            .map(call -> call.asFunction())
            .map(call ->
                new Said.Call(call.id(), call.function().name(), call.function().arguments()))
            .toList();
    String finish =
        switch (choice.finishReason().toString()) {
          case "tool_calls" -> "tools";
          case String other -> other;
        };
    var usage = answer.usage().orElseThrow();
    return new Said(
        choice.message().content().orElse(""),
        calls,
        finish,
        usage.promptTokens(),
        usage.completionTokens());
  }

  private ChatCompletion streamed() {
    ChatCompletionCreateParams asked =
        turns.build().toBuilder()
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
