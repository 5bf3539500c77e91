package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.Json;
import lip.api.call.Call;
import lip.frontend.openai.legacy.OpenAiLegacyRequests;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
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
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"temperature\":0.5,\"top_p\":1,\"frequency_penalty\":-1.5,\"presence_penalty\":2,\"seed\":-7",
        "\"max_tokens\":17",
        "\"max_completion_tokens\":17",
        "\"max_completion_tokens\":17,\"max_tokens\":18",
        "\"stop\":[\"a\",\"b\"]",
        "\"n\":1,\"logprobs\":true,\"top_logprobs\":3,\"logit_bias\":{\"1\":2}",
        "\"response_format\":{\"type\":\"text\"}",
        "\"response_format\":{\"type\":\"json_object\"}",
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"description\":\"d\",\"schema\":{\"type\":\"object\",\"x\":[1]},\"strict\":true}}",
        "\"response_format\":{\"type\":\"json_schema\",\"odd\":1,\"json_schema\":{\"name\":\"a\",\"schema\":{}}}",
        "\"response_format\":{\"type\":\"grammar\",\"grammar\":\"x\"}",
        "\"reasoning_effort\":\"high\",\"verbosity\":\"low\",\"service_tier\":\"flex\"",
        "\"user\":\"u\",\"safety_identifier\":\"s\",\"prompt_cache_key\":\"k\",\"prompt_cache_retention\":\"24h\",\"store\":false",
        "\"metadata\":{\"a\":\"b\"}",
        "\"metadata\":{\"a\":1}",
        "\"modalities\":[\"text\"],\"audio\":{\"voice\":\"x\"},\"prediction\":{\"type\":\"content\",\"content\":\"y\"}",
        "\"top_k\":3,\"min_p\":0.1,\"reasoning\":{\"effort\":\"low\"},\"provider\":{\"order\":[\"a\"]},\"chat_template_kwargs\":{\"enable_thinking\":false},\"web_search_options\":{}",
        "\"functions\":[{\"name\":\"f\"}],\"function_call\":\"auto\"",
        "\"parallel_tool_calls\":false,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"},\"strict\":false,\"odd\":1},\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\",\"scope\":\"global\"},\"more\":2}]",
        "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"c\",\"description\":\"d\",\"format\":{\"type\":\"text\"}}},{\"type\":\"web_search\",\"x\":1}],\"tool_choice\":{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"none\"",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"required\"",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}",
        "\"tool_choice\":{\"type\":\"web_search\"}",
        "\"stream_options\":{\"include_obfuscation\":false}"
      })
  void everyField(String fields) throws Exception {
    check("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]," + fields + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\":\"system\",\"content\":\"s\",\"name\":\"n\"}",
        "{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\",\"cache_control\":{\"type\":\"ephemeral\",\"scope\":\"global\"}}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"odd\":1}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y.png\",\"detail\":\"low\",\"odd\":1}},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"},\"more\":true}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"mp3\"}},{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,AAAA\"}},{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}},{\"type\":\"file\",\"file\":{\"file_id\":\"f\",\"file_data\":\"g\"}}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://x\"}},{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[]}]}",
        "{\"role\":\"assistant\",\"content\":\"\"}",
        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":"
            + " 1}\"}}]}",
        "{\"role\":\"assistant\",\"content\":\"t\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"input\":\"free\"}},{\"id\":\"d\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{bro\"},\"extra_content\":{\"google\":{\"thought_signature\":\"sig\"}}}]}",
        "{\"role\":\"assistant\",\"content\":\"t\",\"tool_calls\":[{\"id\":\"d\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\",\"odd\":1},\"extra_content\":{\"google\":{\"thought_signature\":\"sig\",\"x\":1}},\"more\":2}]}",
        "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\"}",
        "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_content\":\"why\"}",
        "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning\":\"why\",\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"zz\"}]}",
        "{\"role\":\"assistant\",\"content\":\"a\",\"audio\":{\"id\":\"au\"},\"name\":\"bot\",\"odd\":[1]}",
        "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}",
        "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x\"}}],\"odd\":1}",
        "{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"role\":\"function\",\"name\":\"f\",\"content\":\"r\"}"
      })
  void everyMessage(String messages) throws Exception {
    check("{\"model\":\"m\",\"messages\":[" + messages + "]}");
  }

  @Test
  void anUnchangedBodyKeepsItsBytes() throws Exception {
    String body =
        "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"\\u0041\"} ],\n"
            + " \"model\":\"openai:m\" , \"odd\": 1.50,\"stream_options\":{ \"include_obfuscation\""
            + " : false } , \"stream\":false}";
    String sent = sent(decode(body), "m");
    assertThat(sent)
        .isEqualTo(
            "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"\\u0041\"} ],\n"
                + " \"model\":\"m\" , \"odd\": 1.50,\"stream_options\":{ \"include_obfuscation\" :"
                + " false,\"include_usage\":true } , \"stream\":true}");
  }

  @Test
  void aServerThatCannotStreamIsNotAskedTo() throws Exception {
    Call call =
        decode(
            "{\"model\":\"m\",\"stream\":true,\"stream_options\":{},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
    FixedUpstream upstream =
        FixedUpstream.status(
            200,
            "{\"id\":\"x\",\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}");
    Backends.of(upstream, Map.of("base.url", "http://127.0.0.1:1/v1/", "upstream.stream", "false"))
        .open(new TestAttempt("m", call));
    assertThat(tree(upstream.lastBody()))
        .containsEntry("stream", false)
        .doesNotContainKey("stream_options");
    assertThat(upstream.last().streamed()).isFalse();
    assertThat(upstream.last().uri()).hasToString("http://127.0.0.1:1/v1/chat/completions");
  }

  /** State of another provider, packed by our own frontend, is no server's business here. */
  @Test
  void packedReasoningOfAnotherProtocolIsNotSent() throws Exception {
    Call call =
        decode(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"lip1.eyJkIjoiYW50aHJvcGljIiwicyI6IlNJRyIsInQiOiJ3aHkifQ\"}]}]}");
    assertThat(sent(call, "m")).doesNotContain("lip1").doesNotContain("SIG");
  }

  private static void check(String body) throws Exception {
    Call call = decode(body);
    // Spliced: what was there is untouched.
    String spliced = sent(call, "m");
    assertThat(spliced)
        .startsWith(
            body.substring(0, body.indexOf("\"stream_options\"") < 0 ? body.length() - 1 : 40));
    // Encoded: the same meaning.
    Map<String, Object> expected = tree(spliced);
    assertThat(tree(sent(call.toBuilder().messages(call.messages()).build(), "m")))
        .isEqualTo(expected);
  }

  private static Call decode(String body) throws Exception {
    return OpenAiLegacyRequests.decode(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String sent(Call call, String model) throws Exception {
    FixedUpstream upstream =
        FixedUpstream.stream(
            "data:"
                + " {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n");
    Backends.of(upstream).open(new TestAttempt(model, call));
    return upstream.lastBody();
  }

  /**
   * The meaning of an object: without null members, one text part as a string, without the name
   * order.
   */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(String json) throws MalformedJson {
    return (Map<String, Object>) value(JsonReader.of(Json.of(json)));
  }

  private static Object value(JsonReader reader) throws MalformedJson {
    return switch (reader.peek()) {
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        reader.beginObject();
        for (String name; (name = reader.nextMember()) != null; ) {
          Object value = value(reader);
          if (value instanceof List<?> list
              && list.size() == 1
              && list.getFirst() instanceof Map<?, ?> part
              && part.keySet().equals(java.util.Set.of("type", "text"))) {
            value = part.get("text");
          }
          if (!value.equals(Optional.empty())) {
            map.put(name, value);
          }
        }
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        reader.beginArray();
        while (reader.nextElement()) {
          list.add(value(reader));
        }
        yield list;
      }
      case STRING -> reader.string();
      case NUMBER -> reader.number();
      case BOOLEAN -> reader.bool();
      case NULL -> {
        reader.skip();
        yield Optional.empty();
      }
    };
  }
}
