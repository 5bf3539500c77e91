package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import lip.api.call.Call;
import lip.frontend.openai.legacy.OpenAiLegacyRequests;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cursor posts the form of {@code /v1/responses} to the path of Chat Completions. */
class CursorTest {
  @Test
  void aWholeConversation() throws Exception {
    assertThat(
            sent(
                """
                {"model":"gpt-x","stream":true,"instructions":"be kind","user":"u","temperature":0.5,
                 "input":[
                  {"role":"system","content":"in an editor"},
                  {"role":"user","content":[{"type":"input_text","text":"look"},{"type":"input_image","image_url":"https://x/y.png","detail":"low"}]},
                  {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"zz"},
                  {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I read it.","annotations":[]}]},
                  {"type":"function_call","id":"fc_1","call_id":"call_1","name":"read","arguments":"{\\"p\\":1}"},
                  {"type":"custom_tool_call","call_id":"call_2","name":"patch","input":"*** Begin"},
                  {"type":"function_call_output","call_id":"call_1","output":"text"},
                  {"type":"custom_tool_call_output","call_id":"call_2","output":[{"type":"input_text","text":"done"}]},
                  {"role":"user","content":"and?"}],
                 "tools":[{"type":"function","name":"read","description":"d","parameters":{"type":"object"},"strict":false},
                  {"type":"custom","name":"patch","format":{"type":"text"}},
                  {"name":"edit","description":"e","input_schema":{"type":"object","properties":{}}},
                  {"type":"function","function":{"name":"old"}}],
                 "tool_choice":{"type":"function","name":"read"},
                 "reasoning":{"effort":"high","summary":"auto"},
                 "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true}},
                 "max_output_tokens":99,"include":["reasoning.encrypted_content"],"store":false,"truncation":null}\
                """))
        .isEqualTo(
            """
            {"model":"gpt-x","stream":true,"user":"u","temperature":0.5,
            "tools":[{"type":"function","function":{"name":"read","description":"d","parameters":{"type":"object"},"strict":false}},
            {"type":"custom","custom":{"name":"patch","format":{"type":"text"}}},
            {"type":"function","function":{"name":"edit","description":"e","parameters":{"type":"object","properties":{}}}},
            {"type":"function","function":{"name":"old"}}],
            "tool_choice":{"type":"function","function":{"name":"read"}},
            "reasoning_effort":"high",
            "verbosity":"low","response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"},"strict":true}},
            "max_completion_tokens":99,"store":false,
            "messages":[{"role":"system","content":"be kind"},
            {"role":"system","content":"in an editor"},
            {"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}}]},
            {"role":"assistant","content":[{"type":"text","text":"I read it."}],"reasoning_content":"hm","tool_calls":[{"id":"call_1","type":"function","function":{"name":"read","arguments":"{\\"p\\":1}"}},{"id":"call_2","type":"custom","custom":{"name":"patch","input":"*** Begin"}}]},
            {"role":"tool","tool_call_id":"call_1","content":"text"},
            {"role":"tool","tool_call_id":"call_2","content":[{"type":"text","text":"done"}]},
            {"role":"user","content":"and?"}],
            "stream_options":{"include_usage":true}}\
            """
                .replace("\n", ""));
  }

  @Test
  void aPlainText() throws Exception {
    assertThat(sent("{\"model\":\"m\",\"input\":\"hello\"}"))
        .startsWith("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]");
  }

  @Test
  void callsWithoutTextAreOneTurn() throws Exception {
    assertThat(
            sent(
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"x\"},{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call\",\"call_id\":\"b\",\"name\":\"f\",\"arguments\":\"{}\"}]}"))
        .contains(
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"b\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"input\":5}|input",
        "{\"input\":[5]}|input[0]",
        "{\"input\":[{\"type\":\"item_reference\",\"id\":\"x\"}]}|input[0].type",
        "{\"input\":[{\"type\":\"function_call\",\"name\":\"f\"}]}|input[0].call_id",
        "{\"input\":\"x\",\"previous_response_id\":\"r\"}|previous_response_id"
      })
  void saysWhatIsWrong(String body, String param) {
    assertThatThrownBy(() -> decode(body)).hasMessageContaining("'" + param);
  }

  private static Call decode(String body) throws Exception {
    return OpenAiLegacyRequests.decode(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String sent(String body) throws Exception {
    FixedUpstream upstream =
        FixedUpstream.stream(
            "data:"
                + " {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n");
    Call call = decode(body);
    Backends.of(upstream).open(new TestAttempt(String.valueOf(call.model()), call));
    return upstream.lastBody().replace("\"stream\":true}", "}");
  }
}
