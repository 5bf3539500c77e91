package lip.frontend.anthropic;

import static lip.frontend.anthropic.Requests.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.ThinkingBlock;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import lip.testing.conformance.frontend.RecordedExchange.End;
import lip.testing.conformance.frontend.Served;
import lip.testing.kit.RandomAnswer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a provider says legally, the vendor's own reader rebuilds it from what we write. */
class AnswerPropertyTest {
  private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();
  private static final String BODY =
      "{\"stream\":%s,\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

  @Property(tries = 500)
  void aStreamIsRebuilt(@ForAll long seed) throws Exception {
    RandomAnswer answer = RandomAnswer.of(seed);
    Served x = CLIENT.answered(BODY.formatted(true), answer.events());
    assertThat(x.end()).isEqualTo(End.ENDED);
    says(Sdk.message(x.text()), answer);
  }

  @Property(tries = 500)
  void aWholeAnswerIsRebuilt(@ForAll long seed) throws Exception {
    RandomAnswer answer = RandomAnswer.of(seed);
    Served x = CLIENT.answered(BODY.formatted(false), answer.events());
    says(Sdk.whole(x.text()), answer);
  }

  private static void says(Message message, RandomAnswer answer) throws Exception {
    List<ContentBlock> content = message.content();
    assertThat(
            content.stream()
                .flatMap(block -> block.text().stream())
                .map(text -> text.text())
                .collect(Collectors.joining()))
        .isEqualTo(answer.text());
    assertThat(
            content.stream()
                .flatMap(block -> block.thinking().stream())
                .map(ThinkingBlock::thinking)
                .collect(Collectors.joining()))
        .isEqualTo(answer.reasoning());
    List<ToolUseBlock> calls = content.stream().flatMap(block -> block.toolUse().stream()).toList();
    assertThat(calls).hasSameSizeAs(answer.calls());
    for (int i = 0; i < calls.size(); i++) {
      RandomAnswer.Call made = answer.calls().get(i);
      assertThat(calls.get(i).id()).isEqualTo(made.id());
      assertThat(calls.get(i).name()).isEqualTo(made.name());
      JsonNode input = MAPPER.valueToTree(calls.get(i)._input());
      assertThat(input).isEqualTo(MAPPER.readTree(made.arguments()));
    }
    assertThat(message.stopReason().orElseThrow().toString())
        .isEqualTo(
            calls.isEmpty()
                ? answer.events().getLast().toString().contains("length")
                    ? "max_tokens"
                    : "end_turn"
                : "tool_use");
    assertThat(message.usage().outputTokens()).isEqualTo(7);
  }
}
