package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.tool.ToolKind;
import lip.frontend.openai.legacy.OpenAiLegacyRequests;
import lip.sdk.fidelity.Deviation;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of clients that speak Chat Completions. */
class FromChatTest {
  private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();

  @Test
  void theDialogue() throws Exception {
    check(
        """
        {"model":"m","messages":[
          {"role":"system","content":"be kind"},
          {"role":"developer","content":"be brief"},
          {"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},{"type":"image_url","image_url":{"url":"https://x/y.png"}},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,BBBB"}}]},
          {"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[{"id":"call:1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},{"id":"call_2","type":"function","function":{"name":"g","arguments":""}}]},
          {"role":"tool","tool_call_id":"call_2","content":"two"},
          {"role":"tool","tool_call_id":"call:1","content":"one"},
          {"role":"user","content":"and?"}],
         "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{}},"strict":true}},{"type":"function","function":{"name":"g"}}],
         "tool_choice":"required","parallel_tool_calls":false,"stop":["END"],"max_completion_tokens":50,"user":"u1"}\
        """,
        """
        {"model":"claude-x","max_tokens":50,
         "system":[{"type":"text","text":"be kind"},{"type":"text","text":"be brief"}],
         "tools":[{"name":"f","description":"d","input_schema":{"type":"object","properties":{}},"strict":true},{"name":"g","input_schema":{"type":"object","properties":{}}}],
         "tool_choice":{"type":"any","disable_parallel_tool_use":true},
         "messages":[
          {"role":"user","content":[{"type":"text","text":"look"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},{"type":"image","source":{"type":"url","url":"https://x/y.png"}},{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"BBBB"},"title":"a.pdf"}]},
          {"role":"assistant","content":[{"type":"tool_use","id":"call_1_ID","name":"f","input":{"a":1}},{"type":"tool_use","id":"call_2","name":"g","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_2","content":[{"type":"text","text":"two"}]},{"type":"tool_result","tool_use_id":"call_1_ID","content":[{"type":"text","text":"one"}]},{"type":"text","text":"and?"}]}],
         "stream":true,"stop_sequences":["END"],"metadata":{"user_id":"u1"}}\
        """
            .replace("call_1_ID", ToolNames.id("call:1")));
    assertThat(ToolNames.id("call:1")).matches("call_1_[0-9a-f]{8}");
  }

  @Test
  void aBrokenHistoryIsRepaired() throws Exception {
    check(
        """
        {"model":"m","messages":[
          {"role":"assistant","content":""},
          {"role":"assistant","content":"hello","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{bro"}}]},
          {"role":"user","content":" "},
          {"role":"tool","tool_call_id":"zz","content":"lost"},
          {"role":"system","content":"late"},
          {"role":"user","content":"x"}],"temperature":0.5}\
        """,
        """
        {"model":"claude-x","max_tokens":32000,"messages":[
          {"role":"user","content":[{"type":"text","text":"(empty)"}]},
          {"role":"assistant","content":[{"type":"text","text":"hello"},{"type":"tool_use","id":"a","name":"f","input":{"arguments":"{bro"}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"No result of this call was recorded."}],"is_error":true},{"type":"text","text":"(empty)"},{"type":"text","text":"Result of a tool call (zz):"},{"type":"text","text":"lost"},{"type":"text","text":"x"},{"type":"text","text":"late"}]}],
         "stream":true,"temperature":0.5}\
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "temperature":1.5           | {"temperature":1}
          "top_p":0.5,"top_k":3       | {"top_p":0.5,"top_k":3}
          "max_tokens":0              | {"max_tokens":0}
          "reasoning_effort":"none"   | {}
          "reasoning_effort":"high"   | {"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}
          "reasoning_effort":"minimal"| {"thinking":{"type":"adaptive"},"output_config":{"effort":"low"}}
          "response_format":{"type":"text"} | {}
          "response_format":{"type":"json_object"} | {"system":[{"type":"text","text":"Answer with one JSON object and nothing else: no prose, no code fence."}]}
          "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}} | {"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}}
          "seed":1,"logprobs":true,"verbosity":"low","service_tier":"auto","frequency_penalty":1 | {}
          """)
  void everyOption(String chat, String messages) throws Exception {
    String expected =
        "{\"model\":\"claude-x\",\"max_tokens\":32000,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}],\"stream\":true}";
    JsonNode tree = MAPPER.readTree(expected);
    ((com.fasterxml.jackson.databind.node.ObjectNode) tree)
        .setAll((com.fasterxml.jackson.databind.node.ObjectNode) MAPPER.readTree(messages));
    check(
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]," + chat + "}",
        tree.toString());
  }

  @Test
  void olderModelsReasonByBudget() throws Exception {
    Call call =
        decode(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"reasoning_effort\":\"medium\"}");
    JsonNode sent = MAPPER.readTree(RoundTripTest.sent(call, "claude-sonnet-4-5"));
    assertThat(sent.get("thinking"))
        .isEqualTo(MAPPER.readTree("{\"type\":\"enabled\",\"budget_tokens\":8192}"));
    assertThat(sent.get("max_tokens").asInt()).isEqualTo(40_192);
    assertThat(
            MAPPER.readTree(RoundTripTest.sent(call, "claude-3-5-haiku-20241022")).has("thinking"))
        .isFalse();
  }

  @Test
  void whatIsLostIsReported() throws Exception {
    Call call =
        decode(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"seed\":1,\"odd\":2}");
    TestAttempt attempt = new TestAttempt("claude-x", call);
    Backends.of(FixedUpstream.stream(MessageStreamTest.text("a"))).open(attempt);
    assertThat(attempt.reported())
        .containsExactlyInAnyOrder(
            Deviation.lost("seed", "there is no such field"),
            Deviation.lost("openai.chat:odd", "only its own dialect knows it"));
  }

  @Test
  void namesAndFreeTextToolsComeBackAsTheClientKnowsThem() throws Exception {
    Call call =
        decode(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a.b\"}},{\"type\":\"custom\",\"custom\":{\"name\":\"patch\"}}]}");
    String wire =
        MessageStreamTest.START
            + MessageStreamTest.start(
                0,
                "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\""
                    + ToolNames.name("a.b")
                    + "\",\"input\":{}}")
            + MessageStreamTest.stop(0)
            + MessageStreamTest.start(
                1, "{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"patch\",\"input\":{}}")
            + MessageStreamTest.delta(
                1, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"input\\\":\"}")
            + MessageStreamTest.delta(
                1, "{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"free\\\"}\"}")
            + MessageStreamTest.stop(1)
            + MessageStreamTest.END;
    List<Event> events = Backends.answer(FixedUpstream.stream(wire), call);
    assertThat(events)
        .contains(
            Event.ToolCallStarted.of("t1", "a.b"),
            new Event.ToolCallStarted("t2", ToolKind.CUSTOM, "patch", java.util.Map.of(), null),
            new Event.ToolArgumentsDelta("t2", "free"));
  }

  private static void check(String chat, String expected) throws Exception {
    String sent = RoundTripTest.sent(decode(chat), "claude-x");
    assertThat(MAPPER.readTree(sent)).isEqualTo(MAPPER.readTree(expected));
    MAPPER.readValue(sent, MessageCreateParams.Body.class).validate();
  }

  private static Call decode(String body) throws Exception {
    return OpenAiLegacyRequests.decode(body.getBytes(StandardCharsets.UTF_8));
  }
}
