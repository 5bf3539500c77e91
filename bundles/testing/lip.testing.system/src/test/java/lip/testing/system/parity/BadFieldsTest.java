package lip.testing.system.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lip.testing.emulator.JsonValue;
import lip.testing.system.Connection;
import lip.testing.system.parity.ParityInstance.Dialect;
import lip.testing.system.parity.ParityInstance.Outcome;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every field that matters with values that it must not have: status 400 in the protocol's own
 * form, the field named, nothing sent to the provider.
 */
@Tag("system")
class BadFieldsTest {
  private static final String CHAT =
      """
      {"model":"x","messages":[{"role":"user","content":[{"type":"text","text":"a"},\
      {"type":"image_url","image_url":{"url":"https://x.test/a.png"}},\
      {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]},\
      {"role":"assistant","content":"b","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},\
      {"role":"tool","tool_call_id":"c","content":"r"}],\
      "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}\
      """;

  /** Pointer, values, the name in the refusal. */
  private static final String CHAT_ROWS =
      """
      /model | 7 ; [] ; {} ; true ; long 1025 | model
      /messages | absent ; null ; "x" ; {} ; [] ; [7] ; [null] ; [[]] ; many 4097 {"role":"user","content":"x"} | messages
      /messages/0/role | absent ; null ; 7 ; "boss" ; {} | messages[0].role
      /messages/0/content | absent ; null ; 7 ; {} ; [7] ; [null] ; [{}] | messages[0].content
      /messages/0/content/0/type | absent ; null ; 7 | messages[0].content[0]
      /messages/0/content/0/text | absent ; null ; 7 | messages[0].content[0].text
      /messages/0/content/1/image_url | absent ; null ; 7 ; {} | messages[0].content[1].image_url
      /messages/0/content/1/image_url/url | 7 ; null | messages[0].content[1].image_url.url
      /messages/0/content/2/input_audio | absent ; null ; 7 ; {} | messages[0].content[2].input_audio
      /messages/1/tool_calls | 7 ; {} ; [7] ; [{}] | messages[1].tool_calls
      /messages/1/tool_calls/0/id | absent ; null ; 7 ; "" ; long 9000 | messages[1]
      /messages/1/tool_calls/0/function | absent ; 7 ; {} | messages[1].tool_calls[0].function
      /messages/1/tool_calls/0/function/name | absent ; 7 | messages[1].tool_calls[0].function.name
      /messages/2/tool_call_id | absent ; null ; 7 ; "" | messages[2].tool_call_id
      /max_tokens | "x" ; 1.5 ; -1 ; 1e300 ; [] ; true | max_tokens
      /max_completion_tokens | "x" ; 1.5 ; -1 ; 1e300 ; {} | max_
      /temperature | "hot" ; -1 ; 3 ; 1e400 ; [] | temperature
      /top_p | "x" ; -1 ; 2 ; {} | top_p
      /frequency_penalty | "x" ; 3 ; -3 | frequency_penalty
      /presence_penalty | "x" ; 3 ; -3 | presence_penalty
      /stop | 7 ; {} ; [7] ; [null] ; many 257 "x" | stop
      /n | "x" ; 0 ; 2 ; 1.5 | n
      /seed | "x" ; 1.5 ; 1e300 | seed
      /logprobs | 7 ; "x" | logprobs
      /top_logprobs | "x" ; 1.5 | top_logprobs
      /stream | 7 ; "x" ; {} | stream
      /stream_options | 7 ; "x" ; [] | stream_options
      /stream_options | {"include_usage":"x"} | stream_options.include_usage
      /tools | 7 ; {} ; [7] ; [{}] ; many 2049 {"type":"function","function":{"name":"f"}} | tools
      /tools/0/function/name | absent ; 7 ; long 257 | tools[0]
      /tools/0/function/strict | 7 | tools[0]
      /tool_choice | 7 ; "boss" ; [] ; {"type":"function"} | tool_choice
      /parallel_tool_calls | 7 ; "x" | parallel_tool_calls
      /response_format | 7 ; "x" ; {} ; {"type":"json_schema"} | response_format
      /reasoning_effort | 7 ; {} | reasoning_effort
      /verbosity | 7 ; {} | verbosity
      /service_tier | 7 | service_tier
      /user | 7 ; long 4097 | user
      /safety_identifier | 7 ; long 4097 | safety_identifier
      /store | 7 ; "x" | store
      /metadata | 7 ; "x" ; [] | metadata
      """;

  private static final String MESSAGES =
      """
      {"model":"x","max_tokens":64,"system":[{"type":"text","text":"s"}],"messages":[{"role":"user","content":[{"type":"text","text":"a"},\
      {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},\
      {"type":"document","source":{"type":"url","url":"https://x.test/a.pdf"}}]},\
      {"role":"assistant","content":[{"type":"redacted_thinking","data":"d"},{"type":"tool_use","id":"t","name":"f","input":{}}]},\
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r"}]}],\
      "tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"f"},\
      "thinking":{"type":"enabled","budget_tokens":2048},"metadata":{"user_id":"u"}}\
      """;

  private static final String MESSAGES_ROWS =
      """
      /model | 7 ; [] ; {} ; true ; long 1025 | model
      /max_tokens | absent ; null ; "5" ; 1.5 ; -1 ; 1e300 ; [] | max_tokens
      /messages | absent ; null ; "x" ; {} ; [] ; [7] ; [null] ; [[]] ; many 4097 {"role":"user","content":"x"} | messages
      /messages/0/role | absent ; null ; 7 ; "boss" ; {} | messages[0].role
      /messages/0/content | absent ; null ; 7 ; {} ; [7] ; [null] ; [{}] | messages[0].content
      /messages/0/content/0/type | absent ; null ; 7 | messages[0].content[0].type
      /messages/0/content/0/text | absent ; null ; 7 | messages[0].content[0].text
      /messages/0/content/0/cache_control | 7 ; [] ; "x" | messages[0].content[0].cache_control
      /messages/0/content/1/source | absent ; null ; 7 ; {} | messages[0].content[1].source
      /messages/0/content/1/source/data | absent ; null ; 7 | messages[0].content[1].source.data
      /messages/0/content/2/source/url | absent ; 7 | messages[0].content[2].source.url
      /messages/1/content/0/data | absent ; 7 ; {} | messages[1].content[0].data
      /messages/1/content/1/id | absent ; null ; 7 ; "" ; long 9000 | messages[1].content[1]
      /messages/1/content/1/name | absent ; 7 ; "" ; long 9000 | messages[1].content[1]
      /messages/1/content/1/input | 7 ; "x" ; [] | messages[1].content[1].input
      /messages/2/content/0/tool_use_id | absent ; null ; 7 ; "" | messages[2].content[0]
      /messages/2/content/0/content | [7] ; [{}] ; [{"type":"text"}] | messages[2].content[0].content[0]
      /messages/2/content/0/is_error | 7 ; "x" | messages[2].content[0].is_error
      /system | 7 ; {} ; [7] ; [{}] ; [{"type":"text"}] | system
      /stream | 7 ; "x" ; {} | stream
      /temperature | "hot" ; -1 ; 3 ; 1e400 ; [] | temperature
      /top_p | "x" ; -1 ; 2 ; {} | top_p
      /top_k | "x" ; 1.5 ; 1e300 | top_k
      /stop_sequences | 7 ; "x" ; {} ; [7] ; many 257 "x" | stop_sequences
      /tools | 7 ; {} ; [7] ; [{}] ; many 2049 {"name":"f","input_schema":{}} | tools
      /tools/0/name | absent ; 7 ; long 257 | tools[0].name
      /tools/0/strict | 7 | tools[0].strict
      /tools/0/cache_control | 7 | tools[0].cache_control
      /tool_choice | 7 ; "auto" ; [] ; {} ; {"type":"boss"} | tool_choice
      /tool_choice/name | absent | tool_choice.name
      /tool_choice/disable_parallel_tool_use | 7 | tool_choice.disable_parallel_tool_use
      /thinking | 7 ; "x" ; {} | thinking
      /thinking/type | absent ; 7 | thinking.type
      /thinking/budget_tokens | "x" ; 1.5 ; 1e300 | thinking.budget_tokens
      /thinking/display | 7 | thinking.display
      /output_config | 7 ; {"effort":7} ; {"format":7} ; {"format":{}} ; {"format":{"type":"json_schema"}} | output_config
      /output_format | 7 ; {} ; {"type":"json_schema"} | output_format
      /metadata | 7 ; "x" ; {"user_id":7} | metadata
      /metadata/user_id | long 4097 | metadata.user_id
      /service_tier | 7 | service_tier
      """;

  @RegisterExtension static final OwnParityInstance INSTANCE = new OwnParityInstance();

  @TestFactory
  Stream<DynamicTest> chat() {
    return tests(Dialect.CHAT, CHAT, CHAT_ROWS);
  }

  @TestFactory
  Stream<DynamicTest> messages() {
    return tests(Dialect.MESSAGES, MESSAGES, MESSAGES_ROWS);
  }

  private static Stream<DynamicTest> tests(Dialect dialect, String base, String rows) {
    JsonValue body = Verdict.json(base);
    return rows.lines()
        .map(row -> row.split(" \\| ", 3))
        .flatMap(row ->
            Arrays.stream(row[1].split(" ; "))
                .map(value ->
                    DynamicTest.dynamicTest(
                        row[0] + " " + value,
                        () -> refused(dialect, changed(body, row[0], value), row[2]))));
  }

  private static JsonValue changed(JsonValue body, String pointer, String value) {
    String[] words = value.split(" ", 3);
    return switch (words[0]) {
      case "absent" -> Pointers.remove(body, pointer);
      case "long" ->
          Pointers.set(body, pointer, JsonValue.of("x".repeat(Integer.parseInt(words[1]))));
      case "many" ->
          Pointers.set(
              body,
              pointer,
              new JsonValue.Arr(
                  Collections.nCopies(Integer.parseInt(words[1]), Verdict.json(words[2]))));
      default -> Pointers.set(body, pointer, Verdict.json(value));
    };
  }

  private static void refused(Dialect dialect, JsonValue body, String name) {
    for (Dialect to : Dialect.values()) {
      JsonValue routed =
          Pointers.get(body, "/model") instanceof JsonValue.Text(String model)
                  && model.length() == 1
              ? Pointers.set(body, "/model", JsonValue.of(to.route("m")))
              : body;
      named(dialect, INSTANCE.get().raw(dialect, to, routed.toString(), Map.of()), name);
    }
  }

  /** The protocol's own form; Chat has a place for the name, Messages begins its text with it. */
  private static void named(Dialect dialect, Outcome outcome, String name) {
    assertThat(outcome.sent()).as("sent to the provider").isNull();
    assertThat(outcome.status()).as(outcome.answer()).isEqualTo(400);
    JsonValue answer = ParityInstance.parsed(outcome.answer());
    assertThat(Pointers.get(answer, "/error/type"))
        .isEqualTo(JsonValue.of("invalid_request_error"));
    String where =
        dialect == Dialect.CHAT
            ? String.valueOf(Pointers.get(answer, "/error/param"))
            : String.valueOf(Pointers.get(answer, "/error/message"));
    assertThat(where).as(outcome.answer()).startsWith("\"" + name);
    if (dialect == Dialect.MESSAGES) {
      assertThat(Pointers.get(answer, "/type")).isEqualTo(JsonValue.of("error"));
      assertThat(Pointers.get(answer, "/request_id")).isInstanceOf(JsonValue.Text.class);
    }
  }

  /** Texts that are no JSON, or not one that everybody reads the same way. */
  @ParameterizedTest
  @EnumSource
  void whatIsNoProperJsonIsRefused(Dialect dialect) throws IOException {
    String good =
        "{\"model\":\""
            + dialect.route("m")
            + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"hi\"}]";
    String deep = "[".repeat(1_000) + "]".repeat(1_000);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("", "The request");
    texts.put("[]", "");
    texts.put("7", "");
    texts.put("\"x\"", "");
    texts.put("null", "");
    texts.put(good, "");
    texts.put(good + "}}", "");
    texts.put(good + "} x", "");
    texts.put("\ufeff" + good + "}", "");
    texts.put(good + ",\"max_tokens\":9}", "max_tokens");
    texts.put(good + ",\"model\":\"other\"}", "model");
    texts.put(good + ",\"temperature\":NaN}", "temperature");
    texts.put(good + ",\"temperature\":Infinity}", "temperature");
    texts.put(good + ",\"temperature\":-}", "temperature");
    texts.put(good + ",\"temperature\":01}", "temperature");
    texts.put(good + ",\"odd\":" + deep + "}", "odd");
    texts.put(
        good.replace("\"hi\"", "[{\"type\":\"odd\",\"x\":" + deep + "}]") + "}",
        "messages[0].content[0].x");
    texts.put(
        good + ",\"tools\":[{\"name\":\"f\",\"type\":\"function\",\"x\":" + deep + "}]}",
        "tools[0].x");
    texts.put(good + ",\"odd\":'x'}", "odd");
    texts.put(good + ",// comment\n\"odd\":1}", "");
    texts.put(good + ",}", "");
    texts.put(good.replace("hi", "a\u0000b") + "}", "messages[0].content");
    texts.put(good.replace("hi", "a\\x") + "}", "messages[0].content");
    texts.put(good.replace("hi", "a\\u12") + "}", "messages[0].content");
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Outcome outcome = INSTANCE.get().raw(dialect, dialect, text.getKey(), Map.of());
      assertThat(outcome.sent()).as(text.getKey()).isNull();
      assertThat(outcome.status()).as(text.getKey() + outcome.answer()).isEqualTo(400);
      assertThat(outcome.answer())
          .as(text.getKey())
          .contains(text.getValue())
          .doesNotContain("content[0].messages");
      assertThat(outcome.answer().length()).isLessThan(8_192);
    }
    try (Connection connection = new Connection(INSTANCE.get().port())) {
      byte[] bytes = (good.replace("hi", "\u00ff") + "}").getBytes(StandardCharsets.ISO_8859_1);
      int status =
          connection.request(
              "POST", dialect.path(), Map.of("Content-Type", "application/json"), bytes);
      assertThat(status).isEqualTo(400);
      assertThat(connection.body())
          .contains("invalid_request_error")
          .contains("messages[0].content");
    }
  }

  /** Half of a pair has no UTF-8; as an escape it is legal JSON and goes on as one. */
  @ParameterizedTest
  @EnumSource
  void halfOfASurrogatePairStaysAnEscape(Dialect dialect) {
    for (Dialect to : Dialect.values()) {
      for (String model : List.of("m", "m-touched")) {
        String body =
            "{\"model\":\""
                + to.route(model)
                + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud83d"
                + " b\"}]}";
        Outcome outcome = INSTANCE.get().raw(dialect, to, body, Map.of());
        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.sent()).containsIgnoringCase("a\\ud83d b");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherTypeMethodOrPathHasTheProtocolsOwnError(Dialect dialect) throws IOException {
    byte[] body =
        ("{\"model\":\""
                + dialect.route("m")
                + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\","
                + "\"content\":\"hi\"}]}")
            .getBytes(StandardCharsets.UTF_8);
    for (String type :
        List.of("text/plain", "multipart/form-data; boundary=x", "application/xml")) {
      try (Connection connection = new Connection(INSTANCE.get().port())) {
        int status = connection.request("POST", dialect.path(), Map.of("Content-Type", type), body);
        assertThat(status).as(type).isEqualTo(415);
        ownError(dialect, connection.body());
      }
    }
    for (String method : List.of("GET", "PUT", "DELETE")) {
      try (Connection connection = new Connection(INSTANCE.get().port())) {
        assertThat(connection.request(method, dialect.path(), Map.of(), new byte[0]))
            .isEqualTo(405);
        assertThat(connection.header("allow")).isEqualTo("POST");
        ownError(dialect, connection.body());
      }
    }
    try (Connection connection = new Connection(INSTANCE.get().port())) {
      int status =
          connection.request(
              "POST",
              dialect.path() + "/nothing",
              Map.of("Content-Type", "application/json"),
              body);
      assertThat(status).isEqualTo(404);
      assertThat(connection.body()).contains("error");
    }
  }

  private static void ownError(Dialect dialect, String body) {
    JsonValue answer = ParityInstance.parsed(body);
    assertThat(Pointers.get(answer, "/error/message")).as(body).isInstanceOf(JsonValue.Text.class);
    if (dialect == Dialect.MESSAGES) {
      assertThat(Pointers.get(answer, "/type")).as(body).isEqualTo(JsonValue.of("error"));
    } else {
      assertThat(((JsonValue.Obj) answer).members()).as(body).containsOnlyKeys("error");
    }
  }
}
