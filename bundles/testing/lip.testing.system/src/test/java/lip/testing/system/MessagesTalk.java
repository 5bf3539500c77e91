package lip.testing.system;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.DocumentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigEnabled;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Anthropic's client. */
final class MessagesTalk implements Talk {
  private final AnthropicClient client;
  private final MessageCreateParams.Builder turns;
  private final List<TextBlockParam> instructions = new ArrayList<>();

  MessagesTalk(AnthropicClient client, String model) {
    this.client = client;
    turns = MessageCreateParams.builder().model(model).maxTokens(4096);
    instruct("be kind");
  }

  @Override
  public Talk withTool() {
    turns.addTool(
        Tool.builder()
            .name("weather")
            .inputSchema(
                Tool.InputSchema.builder()
                    .putAdditionalProperty(
                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                    .build())
            .build());
    return this;
  }

  @Override
  public Talk instruct(String text) {
    instructions.add(TextBlockParam.builder().text(text).build());
    turns.systemOfTextBlockParams(instructions);
    return this;
  }

  @Override
  public Talk asJson(Map<String, Object> schema) {
    var members = JsonOutputFormat.Schema.builder();
    schema.forEach((name, value) -> members.putAdditionalProperty(name, JsonValue.from(value)));
    turns.outputConfig(
        OutputConfig.builder()
            .format(JsonOutputFormat.builder().schema(members.build()).build())
            .build());
    return this;
  }

  @Override
  public Talk think() {
    turns.thinking(ThinkingConfigEnabled.builder().budgetTokens(1024).build());
    return this;
  }

  /** Wants the provider to keep the conversation; only this protocol has that. */
  Talk kept() {
    turns.putAdditionalBodyProperty("thread", JsonValue.from(Map.of("type", "create")));
    return this;
  }

  @Override
  public Talk stopAt(String text) {
    turns.addStopSequence(text);
    return this;
  }

  @Override
  public Talk say(String text) {
    turns.addUserMessage(text);
    return this;
  }

  @Override
  public Talk show(String base64Png) {
    var source =
        Base64ImageSource.builder()
            .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
            .data(base64Png)
            .build();
    turns.addUserMessageOfContentBlockParams(
        List.of(ContentBlockParam.ofImage(ImageBlockParam.builder().source(source).build())));
    return this;
  }

  @Override
  public Talk give(String base64Pdf) {
    turns.addUserMessageOfContentBlockParams(
        List.of(
            ContentBlockParam.ofDocument(
                DocumentBlockParam.builder().base64Source(base64Pdf).build())));
    return this;
  }

  @Override
  public Talk results(Said calls, String text) {
    turns.addUserMessageOfContentBlockParams(
        calls.calls().stream()
            .map(call ->
                ContentBlockParam.ofToolResult(
                    ToolResultBlockParam.builder().toolUseId(call.id()).content(text).build()))
            .toList());
    return this;
  }

  @Override
  public Said answer(boolean streaming) {
    Message message = streaming ? streamed() : client.messages().create(turns.build());
    turns.addMessage(message);
    StringBuilder text = new StringBuilder();
    message.content().stream()
        .filter(ContentBlock::isText)
        .forEach(block -> text.append(block.asText().text()));
    List<Said.Call> calls =
        message.content().stream()
            .filter(ContentBlock::isToolUse)
            .map(ContentBlock::asToolUse)
            .map(call -> new Said.Call(call.id(), call.name(), call._input().toString()))
            .toList();
    String finish =
        switch (message.stopReason().orElseThrow().toString()) {
          case "end_turn" -> "stop";
          case "tool_use" -> "tools";
          case "max_tokens" -> "length";
          case String other -> other;
        };
    var usage = message.usage();
    long input =
        usage.inputTokens()
            + usage.cacheReadInputTokens().orElse(0L)
            + usage.cacheCreationInputTokens().orElse(0L);
    return new Said(text.toString(), calls, finish, input, usage.outputTokens());
  }

  @Override
  public void abandon() {
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(turns.build())) {
      var _ =
          events.stream()
              .filter(RawMessageStreamEvent::isContentBlockDelta)
              .findFirst()
              .orElseThrow();
    }
  }

  private Message streamed() {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(turns.build())) {
      events.stream().forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }
}
