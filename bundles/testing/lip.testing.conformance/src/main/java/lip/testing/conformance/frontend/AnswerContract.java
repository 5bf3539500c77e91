package lip.testing.conformance.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.http.Headers;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;

/** An answer reaches the client whole, or its failure does; never silence. */
public interface AnswerContract extends FrontendContract {
  /** The visible text in the body of a streamed answer, read as a client would. */
  String textOf(String streamedBody);

  /** What the first group of a pattern matches, all of it in one text: for a {@link #textOf}. */
  static String joined(Pattern pattern, String body) {
    return pattern
        .matcher(body)
        .results()
        .map(piece -> piece.group(1))
        .collect(Collectors.joining());
  }

  /** A streamed answer, from the first record to the proper end. */
  @Test
  default void aStreamedAnswerIsWholeAndEnds() throws Exception {
    CapturingCalls calls = CapturingCalls.answering(Events.text("Hel", "lo", " wörld"));
    RecordedExchange exchange = handle(streamed(), calls);
    assertThat(exchange.streamed()).isTrue();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.end()).isEqualTo(RecordedExchange.End.ENDED);
    assertThat(textOf(exchange.responseText())).isEqualTo("Hello wörld");
    assertThat(calls.closed()).as("the answer is closed").isEqualTo(1);
  }

  /** A keep-alive of the core comes between two writes: each write is whole records. */
  @Test
  default void everyWriteIsMadeOfWholeRecords() throws Exception {
    for (boolean burst : List.of(true, false)) {
      CapturingCalls calls = CapturingCalls.answering(Events.text("one", " two", " three"));
      RecordedExchange exchange = handle(streamed(), burst ? calls.inOneBurst() : calls);
      assertThat(exchange.writes()).isNotEmpty().allMatch(this::wholeRecords);
    }
  }

  /** Clients and proxies in between give up on silent connections. */
  @Test
  default void aKeepAliveIsGiven() throws Exception {
    RecordedExchange exchange = handle(streamed(), CapturingCalls.answering(Events.text("hi")));
    assertThat(exchange.keepAlive()).isNotEmpty();
    String record = new String(exchange.keepAlive(), StandardCharsets.UTF_8);
    assertThat(wholeRecords(record)).as("the keep-alive is a whole record").isTrue();
    assertThat(textOf(record)).as("it is no output").isEmpty();
  }

  /** A lone token leaves at once; a burst leaves together. */
  @Test
  default void outputIsFlushedWhenNothingMoreIsReady() throws Exception {
    List<Event> events = Events.text("one", " two", " three");
    RecordedExchange slow = handle(streamed(), CapturingCalls.answering(events));
    assertThat(slow.flushes()).anyMatch(part -> textOf(part).equals("one"));
    RecordedExchange fast = handle(streamed(), CapturingCalls.answering(events).inOneBurst());
    assertThat(fast.flushes()).hasSizeLessThan(slow.flushes().size());
    assertThat(textOf(fast.responseText())).isEqualTo("one two three");
  }

  /** A failure after output is a record of the protocol; what was said before it stays. */
  @Test
  default void aFailureAfterOutputIsNeverSilent() throws Exception {
    List<Event> events = new ArrayList<>(Events.text("half").subList(0, 3));
    events.add(new Event.Failed(Failure.of(FailureClass.UPSTREAM, "it broke off")));
    CapturingCalls calls = CapturingCalls.answering(events);
    RecordedExchange exchange = handle(streamed(), calls);
    loud(exchange, Events.text("half"));
    assertThat(textOf(exchange.responseText())).isEqualTo("half");
    assertThat(calls.closed()).isEqualTo(1);
  }

  /** Nor is an answer that just stops, which the core never gives. */
  @Test
  default void anAnswerWithoutItsEndIsNeverSilent() throws Exception {
    List<Event> events = Events.text("half").subList(0, 3);
    loud(handle(streamed(), CapturingCalls.answering(events)), Events.text("half"));
    RecordedExchange collected = handle(whole(), CapturingCalls.answering(events));
    assertThat(collected.end()).isEqualTo(RecordedExchange.End.WHOLE);
    assertThat(collected.status()).isGreaterThanOrEqualTo(500);
  }

  private void loud(RecordedExchange exchange, List<Event> complete) throws Exception {
    assertThat(exchange.end()).isIn(RecordedExchange.End.BROKEN_OFF, RecordedExchange.End.ENDED);
    assertThat(wholeRecords(exchange.responseText())).isTrue();
    RecordedExchange good = handle(streamed(), CapturingCalls.answering(complete));
    assertThat(exchange.writes().getLast())
        .as("the last record of an answer that broke off is not that of one that is complete")
        .isNotEqualTo(good.writes().getLast());
  }

  /** A whole answer has the headers that belong to it. */
  @Test
  default void aWholeAnswerIsSentInOnePiece() throws Exception {
    CapturingCalls calls =
        CapturingCalls.answering(Events.text("Hel", "lo"))
            .withHeaders(Headers.of("X-LIP-Test", "yes"));
    RecordedExchange exchange = handle(whole(), calls);
    assertThat(exchange.end()).isEqualTo(RecordedExchange.End.WHOLE);
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.responseText()).contains("Hello");
    assertThat(exchange.responseHeaders().first("X-LIP-Test")).isEqualTo("yes");
    assertThat(calls.closed()).isEqualTo(1);
  }

  /** There is nobody left to tell: the answer is closed, the exception rises. */
  @Test
  default void aVanishedClientClosesTheAnswer() throws Exception {
    CapturingCalls calls = CapturingCalls.answering(Events.text("one", " two", " three"));
    RecordedExchange exchange = new RecordedExchange(streamed()).clientLeavesAtWrite(2);
    assertThatExceptionOfType(ExchangeEnded.class).isThrownBy(() -> handle(exchange, calls));
    assertThat(calls.closed()).isEqualTo(1);
  }
}
