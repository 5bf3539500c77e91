package lip.backend.anthropic;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.event.StreamClosed;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Part;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedUpstream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStreamTest {
  static final String START =
      record(
          "message_start",
          "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":3,\"cache_creation_input_tokens\":1,\"cache_read_input_tokens\":2,\"output_tokens\":1,\"service_tier\":\"standard\"}}");

  static final String END =
      record(
              "message_delta",
              "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":9}")
          + record("message_stop", null);

  private static final String RICH =
      START
          + record("ping", null)
          + start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
          + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"H\"}")
          + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"m\"}")
          + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"sig==\"}")
          + stop(0)
          + start(1, "{\"type\":\"redacted_thinking\",\"data\":\"zz\"}")
          + stop(1)
          + ": comment\n\n"
          + start(2, "{\"type\":\"text\",\"text\":\"Hé\"}")
          + delta(2, "{\"type\":\"text_delta\",\"text\":\"llo 😀\"}")
          + stop(2)
          + start(3, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"a\",\"input\":{}}")
          + delta(3, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}")
          + delta(3, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"x\\\":\"}")
          + delta(3, "{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}")
          + stop(3)
          + start(
              4, "{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"b\",\"input\":{\"y\":2}}")
          + stop(4)
          + record(
              "message_delta",
              "\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"input_tokens\":3,\"output_tokens\":9,\"output_tokens_details\":{\"thinking_tokens\":4}}")
          + record("message_stop", null);

  static String record(String type, String members) {
    return "event: "
        + type
        + "\ndata: {\"type\":\""
        + type
        + "\""
        + (members == null ? "" : "," + members)
        + "}\n\n";
  }

  static String start(int index, String block) {
    return record("content_block_start", "\"index\":" + index + ",\"content_block\":" + block);
  }

  static String delta(int index, String delta) {
    return record("content_block_delta", "\"index\":" + index + ",\"delta\":" + delta);
  }

  static String stop(int index) {
    return record("content_block_stop", "\"index\":" + index);
  }

  static String text(String text) {
    return START
        + start(0, "{\"type\":\"text\",\"text\":\"\"}")
        + delta(0, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}")
        + stop(0)
        + END;
  }

  @Property
  void readsTheSameHoweverTheBytesAreCut(
      @ForAll @IntRange(min = 1, max = 60) int piece, @ForAll boolean crlf) throws Exception {
    String wire = crlf ? RICH.replace("\n", "\r\n") : RICH;
    List<Event> events = Backends.answer(FixedUpstream.stream(wire).pieces(piece), Calls.text("x"));
    assertThatEvents(events)
        .areComplete()
        .haveText("Héllo 😀")
        .haveReasoning("Hm")
        .haveToolCall("toolu_1", "a", "{\"x\":1}")
        .haveToolCall("toolu_2", "b", "{\"y\":2}")
        .finishWith(FinishReason.TOOL_CALLS);
    Usage usage = usage(events);
    assertThat(usage.input()).isEqualTo(6);
    assertThat(usage.output()).isEqualTo(9);
    assertThat(usage.cacheRead()).isEqualTo(2);
    assertThat(usage.cacheWrite()).isEqualTo(1);
    assertThat(usage.reasoning()).isEqualTo(4);
    assertThat(usage.raw())
        .isEqualTo(
            Json.of(
                "{\"input_tokens\":3,\"cache_creation_input_tokens\":1,\"cache_read_input_tokens\":2,\"output_tokens\":9,\"service_tier\":\"standard\",\"output_tokens_details\":{\"thinking_tokens\":4}}"));
    assertThat(events.getFirst()).isEqualTo(new Event.ResponseStarted("msg_1", "claude", 0));
    List<Part.Reasoning> thoughts =
        events.stream()
            .filter(Event.ReasoningDone.class::isInstance)
            .map(event -> ((Event.ReasoningDone) event).reasoning())
            .toList();
    assertThat(thoughts.getFirst().signature()).isEqualTo("sig==");
    assertThat(thoughts.getFirst().text()).isEqualTo("Hm");
    assertThat(thoughts.getLast().opaque()).isEqualTo(Json.of("\"zz\""));
  }

  /** Every prefix of an answer is a failure, never a whole answer. */
  @Property(tries = 300)
  void aCutAnswerIsNeverWhole(@ForAll @IntRange(min = 0, max = 2600) int length) {
    int end = RICH.indexOf("event: message_stop");
    String cut = RICH.substring(0, Math.min(length, end));
    assertThatThrownBy(() -> Backends.answer(FixedUpstream.stream(cut), Calls.text("x")))
        .isInstanceOf(UpstreamFailure.class);
  }

  /** Any bytes are an answer or a failure of ours, no other exception. */
  @Property(tries = 500)
  void nothingElseEscapes(
      @ForAll @IntRange(min = 0, max = 2600) int at, @ForAll @IntRange(min = 0, max = 127) int c)
      throws Exception {
    StringBuilder wire = new StringBuilder(RICH);
    wire.setCharAt(Math.min(at, RICH.length() - 1), (char) c);
    try {
      Backends.answer(FixedUpstream.stream(wire.toString()), Calls.text("x"));
    } catch (UpstreamFailure e) {
      assertThat(e.failure().message()).isNotEmpty();
    }
  }

  /** Records that differ in one text only are not parsed; what they mean must be the same. */
  @Test
  void theFastPathAndTheParserAgree() throws Exception {
    StringBuilder wire = new StringBuilder(START);
    StringBuilder text = new StringBuilder();
    for (int block = 0; block < 3; block++) {
      wire.append(start(block, "{\"type\":\"text\",\"text\":\"\"}"));
      for (String word : List.of("a", "b\\n", "\\u0041", "\\\"", "ü", "", "\\\\", "\\/", "z")) {
        wire.append(delta(block, "{\"type\":\"text_delta\",\"text\":\"" + word + "\"}"));
      }
      text.append("ab\nA\"ü\\/z");
      wire.append(stop(block));
    }
    String whole = wire.append(END).toString();
    assertThatEvents(Backends.answer(FixedUpstream.stream(whole), Calls.text("x")))
        .areComplete()
        .haveText(text.toString());
  }

  @Test
  void aPieceOfABlockThatEndedIsRefusedThoughItsBytesAreKnown() {
    String piece = delta(0, "{\"type\":\"text_delta\",\"text\":\"a\"}");
    String wire =
        START
            + start(0, "{\"type\":\"text\",\"text\":\"\"}")
            + piece
            + piece
            + stop(0)
            + piece
            + END;
    assertThatThrownBy(() -> Backends.answer(FixedUpstream.stream(wire), Calls.text("x")))
        .isInstanceOf(UpstreamFailure.class);
  }

  @Test
  void aWholeAnswerHasTheSameEvents() throws Exception {
    String whole =
        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"sig==\"},{\"type\":\"text\",\"text\":\"Hello\"},{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"a\",\"input\":{\"x\":1}}],\"stop_reason\":\"tool_use\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":3,\"output_tokens\":9}}";
    assertThatEvents(Backends.answer(FixedUpstream.status(200, whole), Calls.text("x")))
        .areComplete()
        .haveText("Hello")
        .haveReasoning("Hm")
        .haveToolCall("toolu_1", "a", "{\"x\":1}")
        .finishWith(FinishReason.TOOL_CALLS);
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn,stop",
    "stop_sequence,stop_sequence",
    "max_tokens,length",
    "model_context_window_exceeded,context_exceeded",
    "pause_turn,pause",
    "refusal,refusal",
    "tool_use,stop",
    "younger,unknown"
  })
  void stopReasons(String wire, String canonical) throws Exception {
    List<Event> events =
        Backends.answer(FixedUpstream.stream(text("a").replace("end_turn", wire)), Calls.text("x"));
    assertThat(((Event.Finished) events.getLast()).reason()).isEqualTo(new FinishReason(canonical));
  }

  @Test
  void aRefusalWithoutAWordHasOneForOtherDialects() throws Exception {
    String wire =
        START
            + record(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"refusal\",\"stop_details\":{\"type\":\"refusal\",\"category\":\"bio\",\"explanation\":\"Not"
                    + " that.\"}},\"usage\":{\"output_tokens\":1}")
            + record("message_stop", null);
    List<Event> events = Backends.answer(FixedUpstream.stream(wire), Calls.text("x"));
    assertThat(events).contains(new Event.RefusalDelta("Not that."));
  }

  @Test
  void blocksThatAreNotKnownGoToTheirDialectWhole() throws Exception {
    String wire =
        START
            + start(
                0,
                "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}")
            + delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"q\\\":\"}")
            + delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}")
            + stop(0)
            + END;
    assertThat(Backends.answer(FixedUpstream.stream(wire), Calls.text("x")))
        .contains(
            new Event.Extension(
                Dialect.ANTHROPIC,
                "content_block",
                Json.of(
                    "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"q\":1}}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "<html>login</html>",
        "not json",
        "data: {\"type\":\"message_start\"}\n\n",
        "data: {bad\n\n",
        "data: []\n\n",
        "{\"id\":\"x\"}",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
      })
  void nonsenseIsAFailure(String body) {
    assertThatThrownBy(() -> Backends.answer(FixedUpstream.stream(body), Calls.text("x")))
        .isInstanceOf(UpstreamFailure.class);
  }

  @Test
  void anErrorInsideTheStream() throws Exception {
    String error =
        "event: error\n"
            + "data:"
            + " {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
    assertThat(failureOf(FixedUpstream.stream(error)).kind()).isEqualTo(FailureClass.OVERLOADED);
    EventStream stream =
        Backends.of(
                FixedUpstream.stream(
                    START + start(0, "{\"type\":\"text\",\"text\":\"a\"}") + error))
            .open(new TestAttempt("m", Calls.text("x")));
    assertThatThrownBy(() -> lip.testing.kit.Events.drain(stream))
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e -> assertThat(e.failure().upstreamType()).isEqualTo("overloaded_error"));
  }

  @ParameterizedTest
  @CsvSource({
    "400,invalid_request_error,messages.1: bad,invalid_request,false",
    "400,invalid_request_error,prompt is too long: 9 tokens,context_too_long,false",
    "401,authentication_error,invalid x-api-key,upstream_auth,true",
    "403,permission_error,no,upstream_auth,true",
    "404,not_found_error,model: x,not_found,true",
    "413,request_too_large,big,too_large,false",
    "429,rate_limit_error,slow,rate_limited,true",
    "500,api_error,oops,upstream,true",
    "529,overloaded_error,Overloaded,overloaded,true"
  })
  void statuses(int status, String type, String message, String kind, boolean recoverable)
      throws Exception {
    String body =
        "{\"type\":\"error\",\"error\":{\"type\":\""
            + type
            + "\",\"message\":\""
            + message
            + "\"}}";
    Failure failure = failureOf(FixedUpstream.status(status, body, "retry-after", "7"));
    assertThat(failure.kind().id()).isEqualTo(kind);
    assertThat(failure.recoverable()).isEqualTo(recoverable);
    assertThat(failure.upstreamStatus()).isEqualTo(status);
    assertThat(failure.upstreamType()).isEqualTo(type);
    assertThat(failure.message()).isEqualTo(message);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(failure.raw()).isEqualTo(Json.of(body));
  }

  @Test
  void aKeyThatIsRepeatedIsTakenOut() throws Exception {
    FixedUpstream upstream =
        FixedUpstream.status(
            400,
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"key"
                + " my-secret-key-1 is odd\"}}");
    assertThatThrownBy(() ->
            Backends.of(upstream, Map.of(), "my-secret-key-1")
                .open(new TestAttempt("m", Calls.text("x"))))
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e ->
                assertThat(e.failure().message() + e.failure().raw().text())
                    .doesNotContain("my-secret-key-1"));
  }

  @Test
  void closeEndsIt() throws Exception {
    FixedUpstream upstream = FixedUpstream.stream(RICH);
    EventStream stream = Backends.of(upstream).open(new TestAttempt("m", Calls.text("x")));
    stream.close();
    assertThat(upstream.closed()).isTrue();
    assertThatThrownBy(stream::next).isInstanceOf(StreamClosed.class);
  }

  private static Failure failureOf(FixedUpstream upstream) throws Exception {
    try {
      Backends.answer(upstream, Calls.text("x"));
    } catch (UpstreamFailure e) {
      return e.failure();
    }
    throw new AssertionError("no failure");
  }

  private static Usage usage(List<Event> events) {
    Usage usage = null;
    for (Event event : events) {
      usage = event instanceof Event.UsageReport(Usage report) ? report : usage;
    }
    return usage;
  }
}
