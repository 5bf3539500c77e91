package lip.testing.system;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonMissing;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartInputAudio;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.LinkedHashMap;
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
  public Talk instruct(String text) {
    turns.addSystemMessage(text);
    return this;
  }

  @Override
  public Talk asJson(Map<String, Object> schema) {
    var members = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
    schema.forEach((name, value) -> members.putAdditionalProperty(name, JsonValue.from(value)));
    var named =
        ResponseFormatJsonSchema.JsonSchema.builder()
            .name("answer")
            .strict(true)
            .schema(members.build())
            .build();
    turns.responseFormat(ResponseFormatJsonSchema.builder().jsonSchema(named).build());
    return this;
  }

  @Override
  public Talk think() {
    turns.reasoningEffort(ReasoningEffort.LOW);
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
  public Talk give(String base64Pdf) {
    var file =
        ChatCompletionContentPart.File.FileObject.builder()
            .filename("a.pdf")
            .fileData("data:application/pdf;base64," + base64Pdf)
            .build();
    turns.addUserMessageOfArrayOfContentParts(
        List.of(
            ChatCompletionContentPart.ofFile(
                ChatCompletionContentPart.File.builder().file(file).build())));
    return this;
  }

  /** The user says something aloud; only this protocol has sound. */
  Talk sound(String base64Wav) {
    var audio =
        ChatCompletionContentPartInputAudio.InputAudio.builder()
            .data(base64Wav)
            .format(ChatCompletionContentPartInputAudio.InputAudio.Format.WAV)
            .build();
    turns.addUserMessageOfArrayOfContentParts(
        List.of(
            ChatCompletionContentPart.ofInputAudio(
                ChatCompletionContentPartInputAudio.builder().inputAudio(audio).build())));
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
    Map<String, JsonValue> thoughts = new LinkedHashMap<>();
    ChatCompletion answer =
        streaming ? streamed(thoughts) : client.chat().completions().create(turns.build());
    var choice = answer.choices().getFirst();
    if (!streaming) {
      keep(choice.message()._additionalProperties(), thoughts);
    }
    var said = choice.message().toParam().toBuilder().additionalProperties(thoughts);
    if (choice.message().toolCalls().orElse(List.of()).isEmpty()) {
      // The accumulator leaves an empty list of calls, which providers refuse in a history.
      said.toolCalls(JsonMissing.of());
    }
    turns.addMessage(said.build());
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

  /** The members of compatible servers for thoughts, which the vendor's types do not know. */
  private static void keep(Map<String, JsonValue> from, Map<String, JsonValue> thoughts) {
    for (String member : List.of("reasoning_content", "reasoning_details")) {
      JsonValue more = from.get(member);
      if (more != null && !more.isNull()) {
        thoughts.merge(
            member,
            more,
            (a, b) ->
                member.equals("reasoning_content")
                    ? JsonValue.from(a.asStringOrThrow() + b.asStringOrThrow())
                    : b);
      }
    }
  }

  @Override
  public void abandon() {
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(turns.build())) {
      var _ =
          chunks.stream()
              .filter(chunk -> chunk.choices().getFirst().delta().content().isPresent())
              .findFirst()
              .orElseThrow();
    }
  }

  private ChatCompletion streamed(Map<String, JsonValue> thoughts) {
    ChatCompletionCreateParams asked =
        turns.build().toBuilder()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(asked)) {
      chunks.stream()
          .peek(chunk ->
              chunk
                  .choices()
                  .forEach(choice -> keep(choice.delta()._additionalProperties(), thoughts)))
          .forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }
}
