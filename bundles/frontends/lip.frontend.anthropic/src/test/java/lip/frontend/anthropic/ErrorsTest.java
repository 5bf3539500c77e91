package lip.frontend.anthropic;

import static lip.frontend.anthropic.Requests.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.message.Annotation;
import lip.testing.conformance.frontend.RecordedExchange.End;
import lip.testing.conformance.frontend.Served;
import lip.testing.kit.CountingIds;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How failures are told, before and after output. */
class ErrorsTest {
  private static final String TRACE = CountingIds.id("trace_", 1);

  /** Much more than a conversation needs, in few bytes. */
  @Test
  void aRequestOfTooManyElementsIsRefused() throws Exception {
    String body = "{\"stop_sequences\":[\"\"" + ",\"\"".repeat(1_000_000) + "]}";
    Served x = CLIENT.answered(body, List.of());
    assertThat(x.status()).isEqualTo(400);
    assertThat(x.text())
        .contains("stop_sequences[999999]: comes after 1000000 elements and members");
  }

  @Test
  void anErrorBeforeOutput() throws Exception {
    Served x =
        CLIENT.failed(
            Requests.STREAM,
            Failure.builder(FailureClass.RATE_LIMITED, "slow down")
                .retryAfter(Duration.ofMillis(1500))
                .build());
    assertThat(x.status()).isEqualTo(429);
    assertThat(x.headers().first("retry-after")).isEqualTo("2");
    assertThat(x.headers().first("request-id")).isEqualTo(TRACE);
    assertThat(x.text())
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow"
                + " down\"},\"request_id\":\""
                + TRACE
                + "\"}");
  }

  @Test
  void theProvidersOwnWordsStay() throws Exception {
    String body =
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages.1:"
            + " Invalid `signature` in `thinking` block\"},\"request_id\":\"req_1\"}";
    Served x =
        CLIENT.failed(
            Requests.WHOLE,
            Failure.builder(FailureClass.INVALID_REQUEST, "…")
                .upstreamStatus(400)
                .raw(Dialect.ANTHROPIC, Json.of(body))
                .build());
    assertThat(x.text()).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_request,400,invalid_request_error",
    "context_too_long,400,invalid_request_error",
    "too_large,413,request_too_large",
    "unauthenticated,401,authentication_error",
    "forbidden,403,permission_error",
    "quota,402,billing_error",
    "not_found,404,not_found_error",
    "rate_limited,429,rate_limit_error",
    "overloaded,529,overloaded_error",
    "timeout,504,timeout_error",
    "upstream_auth,502,api_error",
    "upstream,502,api_error",
    "internal,500,api_error"
  })
  void errorTable(String kind, int status, String type) throws Exception {
    Served x = CLIENT.failed(Requests.WHOLE, Failure.of(new FailureClass(kind, status), "context"));
    assertThat(x.status()).isEqualTo(status);
    assertThat(x.text()).contains("\"type\":\"" + type + "\"");
    assertThat(x.text().contains("prompt is too long")).isEqualTo(kind.equals("context_too_long"));
  }

  @Test
  void anErrorAfterOutputBreaksTheStreamOff() throws Exception {
    List<Event> events =
        Events.answer(Event.Finished.of(FinishReason.STOP), new Event.TextDelta("a"));
    events.removeLast();
    events.add(new Event.Failed(Failure.of(FailureClass.OVERLOADED, "secret detail")));
    Served x = CLIENT.answered(Requests.STREAM, events);
    assertThat(x.end()).isEqualTo(End.BROKEN_OFF);
    assertThat(x.text())
        .endsWith(
            "event: error\n"
                + "data:"
                + " {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"},\"request_id\":\""
                + TRACE
                + "\"}\n\n")
        .doesNotContain("message_stop", "secret detail");
  }

  /** Blocks behind an open call wait for its end, but not for ever. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tooMuchBehindACallThatDoesNotEndIsAnError(boolean notes) throws Exception {
    Event more =
        notes
            ? new Event.Citation(
                new Annotation(
                    "x", null, null, null, -1, -1, Dialect.ANTHROPIC, Json.of("{\"a\":1}")))
            : new Event.TextDelta("x".repeat(100));
    List<Event> events = new ArrayList<>();
    events.add(Event.ToolCallStarted.of("c", "f"));
    events.addAll(Collections.nCopies(Limits.JSON / 50, more));
    List<Event> answer =
        Events.answer(Event.Finished.of(FinishReason.STOP), events.toArray(new Event[0]));
    Served whole = CLIENT.answered(Requests.WHOLE, answer);
    assertThat(whole.status()).isEqualTo(502);
    Served streamed = CLIENT.answered(Requests.STREAM, answer);
    assertThat(streamed.end()).isEqualTo(End.BROKEN_OFF);
    assertThat(streamed.text()).contains("event: error").doesNotContain("message_stop");
  }

  @Test
  void whatWasWrittenDoesNotWait() throws Exception {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      events.add(Event.ToolCallStarted.of("c" + i, "f"));
      events.add(new Event.ToolArgumentsDelta("c" + i, "1".repeat(Limits.JSON / 3)));
      events.add(new Event.TextDelta("x".repeat(Limits.JSON / 3)));
      events.add(new Event.ToolCallFinished("c" + i));
    }
    Served x =
        CLIENT.answered(
            Requests.STREAM,
            Events.answer(Event.Finished.of(FinishReason.STOP), events.toArray(new Event[0])));
    assertThat(x.end()).isEqualTo(End.ENDED);
  }

  @Test
  void brokenArgumentsOfAWholeAnswerAreAnError() throws Exception {
    Served x = CLIENT.answered(Requests.WHOLE, Events.toolCall("c", "f", "{bro"));
    assertThat(x.status()).isEqualTo(502);
  }
}
