package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import lip.api.call.Call;
import lip.frontend.anthropic.AnthropicRequests;
import lip.support.anthropic.messages.Names;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the frontend decodes, the backend says again: byte for byte when nobody changed it, else
 * with the same meaning.
 */
class RoundTripTest {
  private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"temperature\":0.5,\"top_p\":1,\"top_k\":3",
        "\"stop_sequences\":[\"a\",\"b\"]",
        "\"system\":\"be kind\"",
        "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cc=1;"
            + " cch=2;\"},{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}},{\"type\":\"text\",\"text\":\"b\",\"odd\":1}]",
        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":31999,\"display\":\"omitted\",\"odd\":1}",
        "\"thinking\":{\"type\":\"disabled\"}",
        "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{},\"odd\":1}}",
        "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"},\"cache_control\":{\"type\":\"ephemeral\",\"scope\":\"global\"}}],\"tool_choice\":{\"type\":\"any\",\"odd\":1}",
        "\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"},\"output_config\":{\"effort\":\"high\"}",
        "\"thinking\":{\"type\":\"between_tools\"}",
        "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"x\":[1]}},\"odd\":2}",
        "\"metadata\":{\"user_id\":\"{\\\"session_id\\\":\\\"s\\\"}\",\"odd\":\"x\"}",
        "\"service_tier\":\"auto\",\"speed\":\"fast\",\"inference_geo\":\"us\"",
        "\"cache_control\":{\"type\":\"ephemeral\"},\"container\":\"c\",\"mcp_servers\":[{\"name\":\"m\"}],\"context_management\":{\"edits\":[{\"type\":\"clear_thinking_20251015\"}]},\"fallbacks\":[],\"diagnostics\":{\"previous_message_id\":null}",
        "\"tools\":[{\"name\":\"mcp__a__b\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\","
            + " \"b\":1,\"a\":2},\"cache_control\":{\"type\":\"ephemeral\"},\"strict\":true,\"defer_loading\":true,\"eager_input_streaming\":true,\"input_examples\":[{}],\"allowed_callers\":[\"direct\"]}]",
        "\"tools\":[{\"type\":\"custom\",\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\",\"disable_parallel_tool_use\":true}",
        "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":8},{\"type\":\"mcp_toolset\",\"mcp_server_name\":\"x\"}],\"tool_choice\":{\"type\":\"any\"}",
        "\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\",\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"text_editor_20250728\",\"name\":\"str_replace_based_edit_tool\",\"max_characters\":5}],\"tool_choice\":{\"type\":\"none\"}",
        "\"tools\":[{\"type\":\"computer_20250124\",\"name\":\"computer\",\"display_width_px\":1}],\"tool_choice\":{\"type\":\"tool\",\"name\":\"computer\"}"
      })
  void everyField(String fields) throws Exception {
    check(
        "{\"model\":\"m\",\"max_tokens\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
            + fields
            + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\",\"scope\":\"global\"}}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"},\"citations\":[{\"type\":\"char_location\",\"cited_text\":\"q\",\"document_index\":0}]}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}},{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x/y.png\"},\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"file_1\"},\"odd\":1}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"AAAA\"},\"title\":\"t\",\"context\":\"c\",\"citations\":{\"enabled\":true}},{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"plain"
            + " é\"}},{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://x/y.pdf\"}},{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[{\"type\":\"text\",\"text\":\"in\"}]},\"title\":\"made"
            + " of blocks\"},{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":\"in\"}}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"search_result\",\"source\":\"https://x\",\"title\":\"t\",\"content\":[{\"type\":\"text\",\"text\":\"found\"}],\"citations\":{\"enabled\":true}},{\"type\":\"container_upload\",\"file_id\":\"f\"}]}",
        "{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"sig==\"},{\"type\":\"redacted_thinking\",\"data\":\"zz\"},{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{\"b\":"
            + " 1,\"a\":2},\"caller\":{\"type\":\"direct\"},\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"g\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_2\",\"content\":\"r\"},{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}},{\"type\":\"tool_reference\",\"tool_name\":\"x\"}],\"is_error\":true,\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"text\",\"text\":\"go"
            + " on\"}]}",
        "{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"query\":\"x\"}},{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[{\"type\":\"web_search_result\",\"url\":\"u\",\"encrypted_content\":\"e\"}]},{\"type\":\"web_fetch_tool_result\",\"tool_use_id\":\"s\",\"content\":{\"type\":\"web_fetch_tool_error\"}},{\"type\":\"text\",\"text\":\"a\"}]},{\"role\":\"user\",\"content\":\"q\"}"
      })
  void everyMessage(String messages) throws Exception {
    check("{\"model\":\"m\",\"max_tokens\":7,\"messages\":[" + messages + "]}");
  }

  @Test
  void anUnchangedBodyKeepsItsBytes() throws Exception {
    String body =
        "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"\\u0041\"} ],\n"
            + " \"model\":\"anthropic:m\" , \"odd\": 1.50, \"max_tokens\":7 , \"stream\":false}";
    assertThat(sent(decode(body, Names.VERSION_2023), "m"))
        .isEqualTo(
            "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"\\u0041\"} ],\n"
                + " \"model\":\"m\" , \"odd\": 1.50, \"max_tokens\":7 , \"stream\":true}");
  }

  @Test
  void versionBetasAndKeyTravelInTheHead() throws Exception {
    String body =
        "{\"model\":\"m\",\"max_tokens\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    FixedUpstream upstream = FixedUpstream.stream(MessageStreamTest.text("a"));
    String key = "sk-ant-api-123456";
    Backends.of(upstream, Map.of("base.url", "http://127.0.0.1:1/v1/"), key)
        .open(
            new TestAttempt(
                "m",
                AnthropicRequests.decode(
                    body.getBytes(StandardCharsets.UTF_8), Names.VERSION_2023, "a-1", "b-2")));
    var request = upstream.last();
    assertThat(request.uri()).hasToString("http://127.0.0.1:1/v1/messages?beta=true");
    assertThat(request.headers().first("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(request.headers().first("anthropic-beta")).isEqualTo("a-1,b-2");
    assertThat(request.headers().first("x-api-key")).isEqualTo("sk-ant-api-123456");
    Backends.of(upstream, Map.of(), key)
        .open(new TestAttempt("m", decode(body, Names.VERSION_2026)));
    request = upstream.last();
    assertThat(request.uri()).hasToString("http://127.0.0.1:1/v1/messages");
    assertThat(request.headers().first("anthropic-version")).isEqualTo("2026-10-21");
    assertThat(request.headers().first("Authorization")).isEqualTo("Bearer sk-ant-api-123456");
    assertThat(request.headers().first("x-api-key")).isNull();
  }

  @Test
  void theNewestVersionHasSystemTurnsInPlace() throws Exception {
    String body =
        "{\"model\":\"m\",\"max_tokens\":0,\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"y\"}]}";
    assertThat(sent(decode(body, Names.VERSION_2026), "m"))
        .isEqualTo(body.substring(0, body.length() - 1) + ",\"stream\":true}");
    assertThat(MAPPER.readTree(sent(decode(body, Names.VERSION_2023), "m")).get("messages"))
        .isEqualTo(
            MAPPER.readTree(
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"text\",\"text\":\"y\"},{\"type\":\"text\",\"text\":\"s\"}]}]"));
  }

  @Test
  void aBetaLeavesSystemTurnsInPlace() throws Exception {
    String body =
        "{\"model\":\"m\",\"max_tokens\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"y\"}]}";
    Call call =
        AnthropicRequests.decode(
            body.getBytes(StandardCharsets.UTF_8),
            Names.VERSION_2023,
            "mid-conversation-system-2026-04-07");
    assertThat(sent(call, "m"))
        .isEqualTo(body.substring(0, body.length() - 1) + ",\"stream\":true}");
  }

  private static void check(String body) throws Exception {
    Call call = decode(body, Names.VERSION_2023);
    String spliced = sent(call, "m");
    assertThat(spliced).startsWith(body.substring(0, body.length() - 1));
    String encoded = sent(call.toBuilder().messages(call.messages()).build(), "m");
    assertThat(normal(encoded)).isEqualTo(normal(spliced));
    assertThat(MAPPER.readValue(encoded, MessageCreateParams.Body.class)).isNotNull();
  }

  /** One meaning has several spellings: a text alone, false, an absent list. */
  private static JsonNode normal(String json) throws Exception {
    JsonNode tree = MAPPER.readTree(json);
    contents(tree);
    text((ObjectNode) tree, "system");
    for (JsonNode tool : tree.path("tools")) {
      if (tool.path("type").asText().equals("custom")) {
        ((ObjectNode) tool).remove("type");
      }
    }
    return tree;
  }

  private static void contents(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("content")) {
      text(object, "content");
    }
    node.forEach(RoundTripTest::contents);
  }

  private static void text(ObjectNode node, String name) {
    if (node.path(name).isTextual() && !node.path("type").asText().equals("content")) {
      String text = node.get(name).asText();
      node.putArray(name).addObject().put("type", "text").put("text", text);
    }
  }

  static Call decode(String body, String version) throws Exception {
    return AnthropicRequests.decode(body.getBytes(StandardCharsets.UTF_8), version);
  }

  static String sent(Call call, String model) throws Exception {
    FixedUpstream upstream = FixedUpstream.stream(MessageStreamTest.text("a"));
    Backends.of(upstream).open(new TestAttempt(model, call));
    return upstream.lastBody();
  }
}
