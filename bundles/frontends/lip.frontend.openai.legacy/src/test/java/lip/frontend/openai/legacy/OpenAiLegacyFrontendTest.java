package lip.frontend.openai.legacy;

import static lip.frontend.openai.legacy.Requests.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.sdk.backend.ModelInfo;
import lip.sdk.http.Headers;
import lip.testing.conformance.frontend.CapturingCalls;
import lip.testing.conformance.frontend.RecordedExchange.End;
import lip.testing.conformance.frontend.Served;
import lip.testing.kit.CountingIds;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiLegacyFrontendTest {
  private static final ModelInfo[] MODELS = {
    new ModelInfo("a/b", null, 5, "x"), new ModelInfo("a/b", "twice", 6, "y")
  };

  private static final JsonMapper STRICT = ObjectMappers.jsonMapper();
  private static final String ID = CountingIds.id("chatcmpl-", 1);
  private static final String ASK =
      "{\"model\":\"My/Model\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]%s}";
  private static final String STREAM = ASK.formatted(",\"stream\":true");
  private static final String USAGE =
      ASK.formatted(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

  @Test
  void streamsTextByTheGrammar() throws Exception {
    Served x = CLIENT.answered(STREAM, Events.text("Hé", "\"\n\u0001😀"));
    String head =
        "data: {\"id\":\""
            + ID
            + "\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,\"model\":\"My/Model\",\"choices\":[{\"index\":0,\"delta\":{";
    String tail = "},\"finish_reason\":null}]}\n\n";
    assertThat(x.text())
        .isEqualTo(
            head
                + "\"role\":\"assistant\",\"content\":\"\""
                + tail
                + head
                + "\"content\":\"Hé\""
                + tail
                + head
                + "\"content\":\"\\\"\\n\\u0001😀\""
                + tail
                + head
                + "},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: [DONE]\n\n");
    assertThat(x.status()).isEqualTo(200);
    assertThat(x.headers().first("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(x.headers().first("Cache-Control")).isEqualTo("no-cache");
    assertThat(x.headers().first("X-Accel-Buffering")).isEqualTo("no");
    assertThat(x.end()).isEqualTo(End.ENDED);
    chunks(x);
  }

  @Test
  void sendsUsageOnlyWhenAskedAndNullBefore() throws Exception {
    List<ChatCompletionChunk> plain = chunks(CLIENT.answered(STREAM, Events.text("a")));
    assertThat(plain).allMatch(c -> c.usage().isEmpty());
    Served x = CLIENT.answered(USAGE, Events.text("a"));
    List<ChatCompletionChunk> asked = chunks(x);
    assertThat(asked.getLast().choices()).isEmpty();
    assertThat(asked.getLast().usage().orElseThrow().promptTokens()).isEqualTo(3);
    assertThat(asked.getLast().usage().orElseThrow().totalTokens()).isEqualTo(10);
    assertThat(x.text().split("\"usage\":null", -1)).hasSize(asked.size());
  }

  @Test
  void streamsCallsWithDenseIndices() throws Exception {
    List<Event> events = new ArrayList<>();
    events.add(Event.ResponseStarted.PLAIN);
    events.add(Event.MessageStarted.FIRST);
    events.add(Event.ToolCallStarted.of("c1", "f"));
    events.add(Event.ToolCallStarted.of("c2", "g"));
    events.add(new Event.ToolArgumentsDelta("c1", "{\"a\":"));
    events.add(new Event.ToolArgumentsDelta("c2", "{}"));
    events.add(new Event.ToolArgumentsDelta("c1", "1}"));
    events.add(Event.Finished.of(FinishReason.STOP));
    Served x = CLIENT.answered(STREAM, events);
    assertThat(x.text())
        .contains(
            "\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]")
        .contains("\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]")
        .contains("\"finish_reason\":\"tool_calls\"");
    chunks(x);
  }

  @Test
  void streamsReasoningUnderBothNamesAndPutsFieldsBack() throws Exception {
    List<Event> events =
        List.of(
            new Event.ResponseStarted("chatcmpl-theirs", "real", 1),
            new Event.Extension(Dialect.OPENAI_CHAT, "system_fingerprint", Json.of("\"fp\"")),
            Event.MessageStarted.FIRST,
            new Event.ReasoningDelta("w\"", false),
            new Event.Extension(Dialect.OPENAI_CHAT, "choice.odd", Json.of("1")),
            new Event.Extension(new Dialect("foreign"), "foreign", Json.of("1")),
            new Event.RefusalDelta("no"),
            new Event.Extension(Dialect.OPENAI_CHAT, "late", Json.of("{}")),
            Event.Finished.of(FinishReason.CONTENT_FILTER));
    Served x = CLIENT.answered(STREAM, events);
    assertThat(x.text())
        .contains("\"delta\":{\"reasoning_content\":\"w\\\"\",\"reasoning\":\"w\\\"\"}")
        .contains("\"delta\":{\"refusal\":\"no\"},\"finish_reason\":null,\"odd\":1}]")
        .contains("\"finish_reason\":\"content_filter\"}],\"late\":{}}")
        .doesNotContain("foreign");
    assertThat(chunks(x))
        .allMatch(c -> c.id().equals("chatcmpl-theirs") && c.model().equals("My/Model"));
    assertThat(x.text().split("\"system_fingerprint\":\"fp\"", -1)).hasSize(5);
  }

  @Test
  void answersWithoutAStream() throws Exception {
    List<Event> events = new ArrayList<>(Events.toolCall("c1", "f", "{\"a\"", ":1}"));
    events.add(2, new Event.ReasoningDelta("why", false));
    Served x =
        CLIENT.send(
            CLIENT.post(ASK.formatted("")),
            CapturingCalls.answering(events).withHeaders(Headers.of("X-LIP-Test", "1")));
    ChatCompletion answer = STRICT.readValue(x.text(), ChatCompletion.class).validate();
    var choice = answer.choices().getFirst();
    assertThat(choice.finishReason().asString()).isEqualTo("tool_calls");
    assertThat(choice.message().content()).isEmpty();
    assertThat(
            choice
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction()
                .function()
                .arguments())
        .isEqualTo("{\"a\":1}");
    assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(7);
    assertThat(answer.model()).isEqualTo("My/Model");
    assertThat(x.text()).contains("\"reasoning_content\":\"why\",\"reasoning\":\"why\"");
    assertThat(x.headers().first("X-LIP-Test")).isEqualTo("1");
  }

  @Test
  void breaksOffAfterOutput() throws Exception {
    List<Event> events = new ArrayList<>(Events.text("a").subList(0, 3));
    events.add(new Event.Failed(Failure.of(FailureClass.UPSTREAM, "10.0.0.1 said: secret")));
    Served x = CLIENT.answered(STREAM, events);
    assertThat(x.text())
        .contains("data: {\"error\":{\"message\":\"")
        .contains("\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_error\"}}\n\n")
        .doesNotContain("[DONE]")
        .doesNotContain("secret");
    assertThat(x.end()).isEqualTo(End.BROKEN_OFF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | ",
        "{ | ",
        "{} | messages",
        "{\"input\":5} | input",
        "{\"messages\":3} | messages",
        "{\"messages\":[]} | messages",
        "{\"messages\":[3]} | messages[0]",
        "{\"messages\":[{\"content\":\"x\"}]} | messages[0].role",
        "{\"messages\":[{\"role\":\"alien\",\"content\":\"x\"}]} | messages[0].role",
        "{\"messages\":[{\"role\":\"user\"}]} | messages[0].content",
        "{\"messages\":[{\"role\":\"user\",\"content\":5}]} | messages[0].content",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}]}"
            + " | messages[0].content[0].image_url.url",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]} | messages[0].tool_call_id",
        "{\"model\":5,\"messages\":[]} | model",
        "{\"model\":\"a\",\"model\":\"b\",\"messages\":[]} | model",
        "{\"n\":2,\"messages\":[]} | n",
        "{\"temperature\":3,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | temperature",
        "{\"max_tokens\":-1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | max_tokens",
        "{\"stop\":5,\"messages\":[]} | stop",
        "{\"tools\":[{\"type\":\"function\",\"function\":{}}],\"messages\":[]} |"
            + " tools[0].function.name",
        "{\"tool_choice\":\"perhaps\",\"messages\":[]} | tool_choice",
        "{\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            + " | tool_choice",
        "{\"response_format\":{},\"messages\":[]} | response_format.type",
        "{\"stream\":\"yes\",\"messages\":[]} | stream",
        "{\"stream_options\":{\"include_usage\":1},\"messages\":[]} | stream_options.include_usage"
      })
  void namesTheParameter(String body, String param) throws Exception {
    Served x = CLIENT.answered(body, List.of());
    assertThat(x.status()).isEqualTo(400);
    assertThat(x.text())
        .contains("\"type\":\"invalid_request_error\"")
        .contains(param == null ? "\"param\":null" : "\"param\":\"" + param + "\"")
        .doesNotContain("Exception");
    assertThat(x.calls().opened()).isEmpty();
  }

  /** Much more than a conversation needs, in few bytes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"stop\":[#] | stop[999999]",
        "{\"metadata\":{\"a\":\"\"$} | metadata.a",
        "{\"input\":\"x\",\"tools\":[#] | tools[999998]"
      })
  void refusesMoreElementsThanARequestNeeds(String begin, String param) throws Exception {
    String body =
        begin
                .replace("#", "\"\"" + ",\"\"".repeat(1_000_000))
                .replace("$", ",\"a\":\"\"".repeat(100_000))
            + "}";
    Served x = CLIENT.answered(body, List.of());
    assertThat(x.status()).isEqualTo(400);
    assertThat(x.text()).contains("00000 elements and members", "\"param\":\"" + param + "\"");
  }

  @Test
  void refusesDeepNesting() throws Exception {
    Served x = CLIENT.answered("{\"odd\":" + "[".repeat(5000) + "]".repeat(5000) + "}", List.of());
    assertThat(x.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "invalid_request,400,invalid_request_error,null",
        "unsupported,400,invalid_request_error,unsupported_parameter",
        "context_too_long,400,invalid_request_error,context_length_exceeded",
        "too_large,413,invalid_request_error,request_too_large",
        "unauthenticated,401,authentication_error,invalid_api_key",
        "forbidden,403,permission_error,null",
        "quota,429,insufficient_quota,insufficient_quota",
        "not_found,404,invalid_request_error,model_not_found",
        "method_not_allowed,405,invalid_request_error,method_not_allowed",
        "conflict,409,conflict,null",
        "rate_limited,429,rate_limit_error,rate_limit_exceeded",
        "overloaded,503,server_error,server_is_overloaded",
        "unavailable,503,server_error,service_unavailable",
        "timeout,504,server_error,timeout",
        "upstream_auth,502,server_error,upstream_authentication",
        "upstream,502,server_error,upstream_error",
        "internal,500,server_error,internal_error",
        "younger,500,server_error,internal_error"
      })
  void rendersEveryClass(String kind, int status, String type, String code) throws Exception {
    Failure failure =
        Failure.builder(new FailureClass(kind, 500), "what happened")
            .retryAfter(Duration.ofMillis(1200))
            .build();
    Served x = CLIENT.failed(STREAM, failure);
    assertThat(x.status()).isEqualTo(status);
    assertThat(x.text())
        .contains("\"type\":\"" + type + "\"")
        .contains("\"code\":" + (code == null ? "null" : "\"" + code + "\""));
    assertThat(x.text().contains("what happened"))
        .isEqualTo(status < 500 || kind.equals("unavailable"));
    assertThat(x.headers().first("Retry-After")).isEqualTo("2");
    assertThat(x.headers().first("retry-after-ms")).isEqualTo("1200");
  }

  @Test
  void passesErrorsOfTheSameDialectUnchangedButNotOurKey() throws Exception {
    String raw = "{\"error\":{\"message\":\"m\",\"odd\":1}}";
    Failure.Builder failure =
        Failure.builder(FailureClass.INVALID_REQUEST, "m")
            .upstreamStatus(422)
            .raw(Dialect.OPENAI_CHAT, Json.of(raw));
    Served x = CLIENT.failed(STREAM, failure.build());
    assertThat(x.status()).isEqualTo(422);
    assertThat(x.text()).isEqualTo(raw);
    Served auth =
        CLIENT.failed(
            STREAM,
            Failure.builder(FailureClass.UPSTREAM_AUTH, "m")
                .upstreamStatus(401)
                .raw(Dialect.OPENAI_CHAT, Json.of(raw))
                .build());
    assertThat(auth.status()).isEqualTo(502);
  }

  @Test
  void listsModels() throws Exception {
    Served list = CLIENT.models(Map.of(), MODELS);
    assertThat(list.text())
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"id\":\"a/b\",\"object\":\"model\",\"type\":\"model\",\"created\":5,\"created_at\":\"1970-01-01T00:00:05Z\",\"owned_by\":\"x\",\"display_name\":\"a/b\"}],\"has_more\":false,\"first_id\":\"a/b\",\"last_id\":\"a/b\"}");
    assertThat(CLIENT.models(Map.of("id", "a/b"), MODELS).text()).startsWith("{\"id\":\"a/b\"");
    Served none = CLIENT.models(Map.of("id", "c"), MODELS);
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text()).contains("model_not_found");
  }

  @Test
  void decodesRouteHistoryAndUsageWish() throws Exception {
    Served x =
        CLIENT.send(
            CLIENT
                .post("{\"messages\":[{\"role\":\"function\",\"name\":\"f\",\"content\":\"r\"}]}")
                .with("X-LIP-Route", "stub:m"),
            CapturingCalls.answering(Events.text("a")));
    assertThat(x.call().route()).isEqualTo("stub:m");
    assertThat(x.call().model()).isNull();
    assertThat(x.call().messages().getFirst().role()).isEqualTo(Role.TOOL);
    assertThat(x.call().messages().getFirst().parts().getFirst())
        .isInstanceOf(Part.ToolResult.class);
    assertThat(x.text()).contains("\"model\":\"test-model\"");
  }

  /** What a strict reader makes of the stream. */
  private static List<ChatCompletionChunk> chunks(Served x) throws Exception {
    assertThat(x.text()).endsWith("data: [DONE]\n\n");
    List<ChatCompletionChunk> chunks = new ArrayList<>();
    for (String record : x.text().split("\n\n", -1)) {
      if (record.startsWith("data: {")) {
        chunks.add(STRICT.readValue(record.substring(6), ChatCompletionChunk.class).validate());
      }
    }
    return chunks;
  }
}
