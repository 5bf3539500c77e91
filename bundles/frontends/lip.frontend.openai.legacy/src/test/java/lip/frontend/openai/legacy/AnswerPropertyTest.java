package lip.frontend.openai.legacy;

import static lip.frontend.openai.legacy.Requests.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import java.util.List;
import lip.testing.conformance.frontend.RecordedExchange.End;
import lip.testing.conformance.frontend.Served;
import lip.testing.kit.RandomAnswer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a provider says legally, the vendor's own reader rebuilds it from what we write. */
class AnswerPropertyTest {
  private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();
  private static final String BODY =
      "{\"stream\":%s,\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

  @Property(tries = 500)
  void aStreamIsRebuilt(@ForAll long seed) throws Exception {
    RandomAnswer answer = RandomAnswer.of(seed);
    Served x = CLIENT.answered(BODY.formatted(true), answer.events());
    assertThat(x.end()).isEqualTo(End.ENDED);
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    StringBuilder reasoning = new StringBuilder();
    String[] records = x.text().split("\n\n", -1);
    assertThat(records[records.length - 2]).isEqualTo("data: [DONE]");
    for (int i = 0; i < records.length - 2; i++) {
      assertThat(records[i]).startsWith("data: ").doesNotContain("\n");
      ChatCompletionChunk chunk =
          MAPPER.readValue(records[i].substring("data: ".length()), ChatCompletionChunk.class);
      accumulator.accumulate(chunk.validate());
      for (ChatCompletionChunk.Choice choice : chunk.choices()) {
        var said = choice.delta()._additionalProperties().get("reasoning_content");
        reasoning.append(said == null ? "" : said.asStringOrThrow());
      }
    }
    assertThat(reasoning.toString()).isEqualTo(answer.reasoning());
    says(accumulator.chatCompletion(), answer);
  }

  @Property(tries = 500)
  void aWholeAnswerIsRebuilt(@ForAll long seed) throws Exception {
    RandomAnswer answer = RandomAnswer.of(seed);
    Served x = CLIENT.answered(BODY.formatted(false), answer.events());
    ChatCompletion whole = MAPPER.readValue(x.text(), ChatCompletion.class).validate();
    var said =
        whole.choices().getFirst().message()._additionalProperties().get("reasoning_content");
    assertThat(said == null ? "" : said.asStringOrThrow()).isEqualTo(answer.reasoning());
    says(whole, answer);
  }

  private static void says(ChatCompletion whole, RandomAnswer answer) throws Exception {
    ChatCompletion.Choice choice = whole.choices().getFirst();
    assertThat(choice.message().content().orElse("")).isEqualTo(answer.text());
    List<ChatCompletionMessageToolCall> calls = choice.message().toolCalls().orElse(List.of());
    assertThat(calls).hasSameSizeAs(answer.calls());
    for (int i = 0; i < calls.size(); i++) {
      RandomAnswer.Call made = answer.calls().get(i);
      assertThat(calls.get(i).asFunction().id()).isEqualTo(made.id());
      assertThat(calls.get(i).asFunction().function().name()).isEqualTo(made.name());
      String arguments = calls.get(i).asFunction().function().arguments();
      assertThat(arguments.isEmpty() ? "{}" : arguments).isEqualTo(made.arguments());
    }
    assertThat(choice.finishReason().toString())
        .isEqualTo(
            calls.isEmpty()
                ? answer.events().getLast().toString().contains("length") ? "length" : "stop"
                : "tool_calls");
    assertThat(whole.usage().orElseThrow().completionTokens()).isEqualTo(7);
  }
}
