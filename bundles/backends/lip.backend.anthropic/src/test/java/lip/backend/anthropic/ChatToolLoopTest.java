package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.frontend.openai.legacy.OpenAiLegacyAnswers;
import lip.frontend.openai.legacy.OpenAiLegacyRequests;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Events;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client of Chat Completions that brings {@code reasoning_details} back keeps the provider's
 * signed reasoning over a loop of tools.
 */
class ChatToolLoopTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SIGNED =
      MessageStreamTest.start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
          + MessageStreamTest.delta(
              0, "{\"type\":\"thinking_delta\",\"thinking\":\"I \\\"look\\\"\"}")
          + MessageStreamTest.delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\" it up.\"}")
          + MessageStreamTest.delta(0, "{\"type\":\"signature_delta\",\"signature\":\"SIG==\"}")
          + MessageStreamTest.stop(0)
          + MessageStreamTest.start(1, "{\"type\":\"redacted_thinking\",\"data\":\"HIDDEN\"}")
          + MessageStreamTest.stop(1)
          + MessageStreamTest.start(
              2, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}")
          + MessageStreamTest.delta(
              2, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":1}\"}")
          + MessageStreamTest.stop(2);
  private static final String ANSWER =
      MessageStreamTest.record(
              "message_start",
              "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}")
          + SIGNED
          + MessageStreamTest.record(
              "message_delta",
              "\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":5}")
          + MessageStreamTest.record("message_stop", null);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void signaturesSurvive(boolean streamed) throws Exception {
    JsonNode turn = answer(streamed);
    assertThat(turn.get("reasoning_content").asText()).isEqualTo("I \"look\" it up.");
    assertThat(turn.get("reasoning_details")).hasSize(2);
    assertThat(turn.toString()).doesNotContain("SIG==").doesNotContain("HIDDEN");

    JsonNode again = sent(turn);
    assertThat(again.at("/messages/1/content/0"))
        .isEqualTo(
            MAPPER.readTree(
                "{\"type\":\"thinking\",\"thinking\":\"I \\\"look\\\" it"
                    + " up.\",\"signature\":\"SIG==\"}"));
    assertThat(again.at("/messages/1/content/1"))
        .isEqualTo(MAPPER.readTree("{\"type\":\"redacted_thinking\",\"data\":\"HIDDEN\"}"));
    assertThat(again.at("/messages/1/content/2/id").asText()).isEqualTo("toolu_1");
    assertThat(again.at("/messages/2/content/0/tool_use_id").asText()).isEqualTo("toolu_1");
    // The same prefix next time.
    assertThat(sent(turn)).isEqualTo(again);
  }

  @Test
  void aClientThatBringsOnlyTheTextHasNoReasoningUpstream() throws Exception {
    ObjectNode turn = (ObjectNode) answer(true);
    turn.remove("reasoning_details");
    assertThat(sent(turn).at("/messages/1/content/0/type").asText()).isEqualTo("tool_use");
  }

  @Test
  void whatIsNotOursIsNeverOpened() throws Exception {
    ObjectNode turn = (ObjectNode) answer(true);
    ArrayNode details = turn.putArray("reasoning_details");
    details.addObject().put("type", "reasoning.encrypted").put("data", "gAAAA-foreign");
    details
        .addObject()
        .put("type", "reasoning.text")
        .put("text", "hm")
        .put("signature", "SIG-of-another-gateway")
        .put("format", "anthropic-claude-v1");
    String body = sent(turn).toString();
    assertThat(body).doesNotContain("foreign").doesNotContain("SIG-of-another-gateway");
  }

  @Test
  void aDamagedEnvelopeIsLeftOut() throws Exception {
    ObjectNode turn = (ObjectNode) answer(true);
    ObjectNode first = (ObjectNode) turn.get("reasoning_details").get(0);
    first.put("data", first.get("data").asText().substring(0, 12));
    JsonNode again = sent(turn);
    assertThat(again.at("/messages/1/content/0/type").asText()).isEqualTo("redacted_thinking");
    assertThat(again.toString()).doesNotContain("SIG==");
  }

  private static JsonNode answer(boolean streamed) throws Exception {
    List<Event> events =
        Backends.answer(
            FixedUpstream.stream(ANSWER), call("{\"role\":\"user\",\"content\":\"x\"}"));
    return MAPPER.readTree(
        streamed ? OpenAiLegacyAnswers.streamed(events) : OpenAiLegacyAnswers.whole(events));
  }

  private static JsonNode sent(JsonNode turn) throws Exception {
    FixedUpstream upstream = FixedUpstream.stream(MessageStreamTest.text("a"));
    Call call =
        call(
            "{\"role\":\"user\",\"content\":\"x\"},"
                + turn
                + ",{\"role\":\"tool\",\"tool_call_id\":\"toolu_1\",\"content\":\"r\"}");
    Events.drain(Backends.of(upstream).open(new TestAttempt("claude-x", call)));
    return MAPPER.readTree(upstream.lastBody());
  }

  private static Call call(String messages) throws Exception {
    return OpenAiLegacyRequests.decode(
        ("{\"model\":\"claude-x\",\"reasoning_effort\":\"low\",\"messages\":[" + messages + "]}")
            .getBytes(StandardCharsets.UTF_8));
  }
}
