package lip.testing.kit;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.StreamClosed;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Message;
import org.junit.jupiter.api.Test;

class KitTest {
  @Test
  void timeStandsUntilItIsMoved() {
    FixedClock clock = new FixedClock();
    clock.advance(Duration.ofSeconds(5));
    assertThat(clock.instant()).isEqualTo(FixedClock.START.plusSeconds(5));
  }

  @Test
  void idsCount() {
    CountingIds ids = new CountingIds();
    assertThat(ids.next("a_")).isEqualTo("a_00000000000000000000000000000001");
    assertThat(ids.next("b_")).isEqualTo(CountingIds.id("b_", 2));
  }

  @Test
  void answersAreLegalAndCanBeAskedAbout() throws UpstreamFailure {
    assertThatEvents(Events.drain(FixedEventStream.of(Events.text("Hel", "lo"))))
        .areComplete()
        .haveText("Hello")
        .haveUsage(Usage.of(3, 7))
        .finishWith(FinishReason.STOP);
    assertThatEvents(Events.toolCall("c1", "weather", "{\"city\":", "\"Rome\"}"))
        .areComplete()
        .haveToolCall("c1", "weather", "{\"city\":\"Rome\"}")
        .finishWith(FinishReason.TOOL_CALLS);
  }

  @Test
  void assertionsCanFail() {
    List<Event> events = Events.text("a");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatEvents(events).haveText("b"))
        .withMessageContaining("expected <b>, found <a>");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatEvents(events.subList(1, 3)).areInOrder());
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatEvents(events.subList(0, 2)).areComplete());
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatEvents(events).failWith(FailureClass.UPSTREAM));
  }

  @Test
  void aStreamFailsOrIsClosed() throws UpstreamFailure {
    UpstreamFailure failure = new UpstreamFailure(Failure.of(FailureClass.UPSTREAM, "gone"));
    FixedEventStream stream = FixedEventStream.of(Event.ResponseStarted.PLAIN).failing(failure);
    assertThat(stream.next()).isEqualTo(Event.ResponseStarted.PLAIN);
    assertThatExceptionOfType(UpstreamFailure.class).isThrownBy(stream::next).isSameAs(failure);
    stream.close();
    assertThatExceptionOfType(StreamClosed.class).isThrownBy(stream::next);
    assertThat(stream.timesClosed()).isEqualTo(1);
    assertThat(stream.taken()).isEqualTo(1);
  }

  @Test
  void callsAreValid() {
    Call call =
        Calls.builder(Calls.toolTurn("q", "c1", "f", "{}", "r").toArray(Message[]::new))
            .tools(List.of(Calls.function("f", "{\"type\":\"object\"}")))
            .build();
    assertThat(call.messages()).hasSize(3);
    assertThat(Calls.text("hi").streaming()).isTrue();
  }
}
