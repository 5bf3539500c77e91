package lip.backend.openai.legacy;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.event.StreamClosed;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
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

class ChatStreamTest {
  private static final String HEAD =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"gpt\",";

  private static final String RICH =
      chunk("{\"role\":\"assistant\",\"content\":\"\"}", null)
          + chunk("{\"reasoning_content\":\"Hm\",\"reasoning\":\"Hm\"}", null)
          + chunk("{\"content\":\"Hé\"}", null)
          + chunk("{\"content\":\"llo \\\"w\\\"\\n\"}", null)
          + chunk("{\"content\":\" 😀\"}", null)
          + chunk("{\"content\":\"\\u00e9!\"}", null)
          + ": comment\n\n"
          + chunk(
              "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"a\",\"arguments\":\"\"}}]}",
              null)
          + chunk(
              "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}]}", null)
          + chunk(
              "{\"tool_calls\":[{\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}]}",
              null)
          + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}", null)
          + chunk("{}", "tool_calls")
          + "data: "
          + HEAD
          + "\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":1}}}\n\n"
          + "data: [DONE]\n\n";

  @Property
  void readsTheSameHoweverTheBytesAreCut(
      @ForAll @IntRange(min = 1, max = 60) int piece, @ForAll boolean crlf) throws Exception {
    String wire = crlf ? RICH.replace("\n", "\r\n") : RICH;
    List<Event> events = Backends.answer(FixedUpstream.stream(wire).pieces(piece), Calls.text("x"));
    assertThatEvents(events)
        .areComplete()
        .haveText("Héllo \"w\"\n 😀é!")
        .haveReasoning("Hm")
        .haveToolCall("c1", "a", "{\"x\":1}")
        .haveToolCall("c2", "b", "{}")
        .finishWith(FinishReason.TOOL_CALLS);
    Usage usage = usage(events);
    assertThat(usage.input()).isEqualTo(3);
    assertThat(usage.output()).isEqualTo(4);
    assertThat(usage.cacheRead()).isEqualTo(2);
    assertThat(usage.reasoning()).isEqualTo(1);
    assertThat(events.getFirst()).isEqualTo(new Event.ResponseStarted("chatcmpl-1", "gpt", 7));
  }

  /** Every prefix of an answer is a failure or stops before its end, never a whole answer. */
  @Property(tries = 300)
  void aCutAnswerIsNeverWhole(@ForAll @IntRange(min = 0, max = 1400) int length) throws Exception {
    int firstFinish = RICH.indexOf("\"finish_reason\":\"tool_calls\"");
    String cut = RICH.substring(0, Math.min(length, firstFinish));
    assertThatThrownBy(() -> Backends.answer(FixedUpstream.stream(cut), Calls.text("x")))
        .isInstanceOf(UpstreamFailure.class);
  }

  @Test
  void theFastPathAndTheParserAgree() throws Exception {
    StringBuilder wire = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (String word : List.of("a", "b\\n", "\\u0041", "\\\"", "ü", "", "\\\\", "\\/", "z")) {
      wire.append(chunk("{\"content\":\"" + word + "\"}", null));
    }
    text.append("ab\nA\"ü\\/z");
    wire.append(chunk("{}", "stop")).append("data: [DONE]\n\n");
    assertThatEvents(Backends.answer(FixedUpstream.stream(wire.toString()), Calls.text("x")))
        .areComplete()
        .haveText(text.toString())
        .finishWith(FinishReason.STOP);
  }

  @Test
  void keepsFieldsOfTheDialect() throws Exception {
    String wire =
        "data:"
            + " {\"id\":\"x\",\"model\":\"m\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\",\"odd\":1},\"content_filter_results\":{},\"logprobs\":{\"content\":[]},\"finish_reason\":null}]}\n\n"
            + "data:"
            + " {\"id\":\"x\",\"model\":\"m\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"http://u\",\"title\":\"t\",\"start_index\":1,\"end_index\":2}}]},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: [DONE]\n\n";
    List<Event> events = Backends.answer(FixedUpstream.stream(wire), Calls.text("x"));
    assertThatEvents(events).areComplete();
    List<String> names = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.Extension(Dialect dialect, String name, _)) {
        assertThat(dialect).isEqualTo(Dialect.OPENAI_CHAT);
        names.add(name);
      }
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "system_fingerprint", "delta.odd", "choice.content_filter_results");
    assertThat(events.stream().filter(Event.Logprobs.class::isInstance)).hasSize(1);
    assertThat(
            events.stream()
                .filter(Event.Citation.class::isInstance)
                .map(e -> ((Event.Citation) e).annotation().url()))
        .containsExactly("http://u");
  }

  @Test
  void joinsReasoningDetails() throws Exception {
    String wire =
        chunk(
                "{\"reasoning\":\"a\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"a\"}]}",
                null)
            + chunk(
                "{\"reasoning\":\"b\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"b\",\"signature\":\"s\"}]}",
                null)
            + chunk("{\"content\":\"x\"}", null)
            + chunk("{}", "stop");
    List<Event> events = Backends.answer(FixedUpstream.stream(wire), Calls.text("x"));
    assertThatEvents(events).areComplete().haveReasoning("ab").haveText("x");
    Event.ReasoningDone done =
        (Event.ReasoningDone)
            events.stream().filter(Event.ReasoningDone.class::isInstance).findFirst().orElseThrow();
    assertThat(done.reasoning().text()).isEqualTo("ab");
    assertThat(done.reasoning().opaque().text())
        .isEqualTo(
            "[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"ab\",\"signature\":\"s\"}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // no index: by id, else the last
        "[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}] |"
            + " [{\"function\":{\"arguments\":\"}\"}}]",
        // name in pieces
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"\"}}] |"
            + " [{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]",
        // name and id again and again
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}] |"
            + " [{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}]",
        // arguments as JSON
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{}}}] | []",
      })
  void putsCallsTogether(String first, String second) throws Exception {
    String wire =
        chunk("{\"tool_calls\":" + first + "}", null)
            + chunk("{\"tool_calls\":" + second + "}", null)
            + chunk("{}", "stop");
    assertThatEvents(Backends.answer(FixedUpstream.stream(wire), Calls.text("x")))
        .areComplete()
        .haveToolCall("a", "f", "{}")
        .finishWith(FinishReason.TOOL_CALLS);
  }

  @Test
  void makesIdsThatAreMissingOrStandTwice() throws Exception {
    String call = "{\"index\":%d,%s\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";
    String wire =
        chunk("{\"tool_calls\":[" + call.formatted(0, "\"id\":\"a\",") + "]}", null)
            + chunk("{\"tool_calls\":[" + call.formatted(1, "\"id\":\"a\",") + "]}", null)
            + chunk("{\"tool_calls\":[" + call.formatted(2, "") + "]}", null)
            + chunk("{}", "stop");
    List<Event> events = Backends.answer(FixedUpstream.stream(wire), Calls.text("x"));
    assertThatEvents(events).areComplete().haveToolCall("a", "f", "{}");
    assertThat(
            events.stream()
                .filter(Event.ToolCallStarted.class::isInstance)
                .map(e -> ((Event.ToolCallStarted) e).id())
                .distinct())
        .hasSize(3);
  }

  @Test
  void callsThatAllHaveIndexZeroStaySeparate() throws Exception {
    String wire =
        chunk(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"1\"}}]}",
                null)
            + chunk(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"2\"}}]}",
                null)
            + chunk("{}", "stop");
    assertThatEvents(Backends.answer(FixedUpstream.stream(wire), Calls.text("x")))
        .areComplete()
        .haveToolCall("a", "f", "1")
        .haveToolCall("b", "g", "2");
  }

  @ParameterizedTest
  @CsvSource({
    "stop,stop",
    "length,length",
    "content_filter,content_filter",
    "tool_calls,stop",
    "eos,stop",
    "weird,unknown",
    "max_tokens,length"
  })
  void mapsFinishReasons(String wire, String canonical) throws Exception {
    assertThatEvents(
            Backends.answer(
                FixedUpstream.stream(chunk("{\"content\":\"x\"}", wire)), Calls.text("x")))
        .areComplete()
        .finishWith(new FinishReason(canonical));
  }

  @Test
  void acceptsAWholeAnswerWhereAStreamWasAskedFor() throws Exception {
    String body =
        "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";
    assertThatEvents(Backends.answer(FixedUpstream.stream("\n " + body).pieces(7), Calls.text("x")))
        .areComplete()
        .haveText("hi")
        .haveToolCall("c", "f", "{}")
        .finishWith(FinishReason.TOOL_CALLS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>502</body></html>",
        "",
        "   ",
        "data: [DONE]\n\n",
        "data: not json\n\n",
        "data: {\"choices\":3\n\n",
        "data: [1]\n\n",
        "{\"foo\":1}",
        "{\"choices\":[]}",
        ": only a comment\n\n",
        "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n",
        "data:"
            + " {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"error\"}]}\n\n"
      })
  void refusesNonsense(String body) {
    assertThatThrownBy(() -> Backends.answer(FixedUpstream.stream(body), Calls.text("x")))
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureClass.UPSTREAM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}} | rate_limited",
        "{\"error\":{\"message\":\"m\",\"code\":429}} | rate_limited",
        "{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}} | quota",
        "{\"error\":{\"message\":\"m\",\"type\":\"overloaded_error\"}} | overloaded",
        "{\"error\":{\"message\":\"m\",\"code\":\"context_length_exceeded\"}} | context_too_long",
        "{\"error\":\"text only\"} | upstream",
        "{\"error\":{\"message\":\"m\",\"code\":502,\"metadata\":{}}} | upstream"
      })
  void findsErrorsInAnswersWithStatus200(String error, String kind) {
    for (String wire :
        List.of(
            "data: " + error + "\n\n",
            error,
            "event: error\ndata: " + error + "\n\n",
            chunk("{\"content\":\"a\"}", null) + "data: " + error + "\n\n")) {
      assertThatThrownBy(() -> Backends.answer(FixedUpstream.stream(wire), Calls.text("x")))
          .isInstanceOfSatisfying(
              UpstreamFailure.class, e -> assertThat(e.failure().kind().id()).isEqualTo(kind));
    }
  }

  @Test
  void aConnectionThatBreaksBehindTheFinishReasonLosesNothing() throws Exception {
    String wire = chunk("{\"content\":\"x\"}", null) + chunk("{}", "stop");
    assertThatEvents(Backends.answer(FixedUpstream.stream(wire).cutOff(), Calls.text("x")))
        .areComplete()
        .finishWith(FinishReason.STOP);
  }

  @Test
  void anErrorBehindTheFinishReasonIsAnError() {
    String wire =
        chunk("{\"content\":\"x\"}", "stop") + "data: {\"error\":{\"message\":\"m\"}}\n\n";
    assertThatThrownBy(() -> Backends.answer(FixedUpstream.stream(wire), Calls.text("x")))
        .isInstanceOf(UpstreamFailure.class);
  }

  @Test
  void anEventWithoutEndIsBounded() {
    String wire = "data: {\"x\":\"" + "y".repeat(17 * 1024 * 1024) + "\"}\n\n";
    assertThatThrownBy(() -> Backends.answer(FixedUpstream.stream(wire), Calls.text("x")))
        .isInstanceOfSatisfying(
            UpstreamFailure.class, e -> assertThat(e.failure().message()).contains("16777216"));
  }

  @Test
  void closeEndsTheStreamAndTheReply() throws Exception {
    FixedUpstream upstream = FixedUpstream.stream(RICH);
    EventStream stream = Backends.of(upstream).open(new TestAttempt("m", Calls.text("x")));
    stream.close();
    assertThat(upstream.closed()).isTrue();
    assertThat(stream.ready()).isFalse();
    assertThatThrownBy(stream::next).isInstanceOf(StreamClosed.class);
  }

  @Test
  void tellsWhetherAnEventIsReady() throws Exception {
    EventStream whole =
        Backends.of(FixedUpstream.stream(RICH)).open(new TestAttempt("m", Calls.text("x")));
    while (whole.next() != null) {
      assertThat(whole.ready()).isTrue();
    }
    EventStream pieces =
        Backends.of(FixedUpstream.stream(RICH).pieces(9))
            .open(new TestAttempt("m", Calls.text("x")));
    boolean waited = false;
    while (pieces.next() != null) {
      waited |= !pieces.ready();
    }
    assertThat(waited).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {\"error\":{\"message\":\"Incorrect API key provided:"
            + " sk-test-12345678\",\"code\":\"invalid_api_key\"}} | upstream_auth | true",
        "403 | {\"error\":{\"message\":\"no\"}} | upstream_auth | true",
        "400 | {\"error\":{\"message\":\"This model's maximum context length is 8192"
            + " tokens\",\"code\":\"context_length_exceeded\"}} | context_too_long | false",
        "400 | {\"error\":{\"message\":\"bad\",\"param\":\"tools\"}} | invalid_request | false",
        "404 | {\"error\":{\"message\":\"no model\",\"code\":\"model_not_found\"}} | not_found |"
            + " true",
        "408 | x | timeout | true",
        "413 | {} | too_large | false",
        "422 | {\"detail\":\"bad field\"} | invalid_request | false",
        "429 | {\"error\":{\"message\":\"slow\"}} | rate_limited | true",
        "429 | {\"error\":{\"message\":\"pay\",\"type\":\"insufficient_quota\"}} | quota | true",
        "402 | {\"error\":{\"message\":\"pay\"}} | quota | true",
        "500 | oops | upstream | true",
        "502 | <html> | upstream | true",
        "503 | {} | overloaded | true",
        "504 | {} | timeout | true",
        "529 | {} | overloaded | true",
        "302 | {} | upstream | true"
      })
  void classifiesStatuses(int status, String body, String kind, boolean recoverable) {
    Failure failure = failure(FixedUpstream.status(status, body));
    assertThat(failure.kind().id()).isEqualTo(kind);
    assertThat(failure.recoverable()).isEqualTo(recoverable);
    assertThat(failure.message()).doesNotContain("sk-test-12345678");
    assertThat(String.valueOf(failure.raw() == null ? null : failure.raw().text()))
        .doesNotContain("sk-test-12345678");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after | 7 | 7000",
        "retry-after | 1.5 | 1500",
        "retry-after-ms | 250 | 250",
        "retry-after | Thu, 01 Jan 2026 00:00:30 GMT | 30000"
      })
  void readsRetryAfter(String header, String value, long millis) {
    assertThat(failure(FixedUpstream.status(429, "{}", header, value)).retryAfter())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "Please try again in 1.2s.,1200",
    "try again in 340ms,340",
    "try again in 6m0s.,360000",
    "Please retry after 20 seconds,20000"
  })
  void readsTheWaitInTheText(String text, long millis) {
    assertThat(
            failure(FixedUpstream.status(429, "{\"error\":{\"message\":\"" + text + "\"}}"))
                .retryAfter())
        .isEqualTo(Duration.ofMillis(millis));
  }

  private static Failure failure(FixedUpstream upstream) {
    try {
      Backends.of(upstream, Map.of(), "sk-test-12345678")
          .open(new TestAttempt("m", Calls.text("x")));
    } catch (UpstreamFailure e) {
      return e.failure();
    } catch (lip.sdk.InvalidSettings e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no failure");
  }

  private static Usage usage(List<Event> events) {
    return events.stream()
        .filter(Event.UsageReport.class::isInstance)
        .map(e -> ((Event.UsageReport) e).usage())
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static String chunk(String delta, String finish) {
    return "data: "
        + HEAD
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + (finish == null ? "null" : "\"" + finish + "\"")
        + "}]}\n\n";
  }
}
