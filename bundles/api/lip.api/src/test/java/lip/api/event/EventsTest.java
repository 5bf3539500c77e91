package lip.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Part;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static EventStream stream(Event... events) {
    Queue<Event> queue = new ArrayDeque<>(List.of(events));
    return new EventStream() {
      @Override
      public Event next() {
        return queue.poll();
      }

      @Override
      public void close() {}
    };
  }

  private static Collected collect(Event... events) throws UpstreamFailure {
    return Collector.collect(stream(events), CollectLimits.DEFAULT);
  }

  @Test
  void aWholeAnswerKeepsTheOrderOfItsParts() throws Exception {
    Collected whole =
        collect(
            Event.ResponseStarted.PLAIN,
            Event.MessageStarted.FIRST,
            new Event.ReasoningDelta("think", false),
            new Event.TextDelta("a"),
            new Event.TextDelta("b"),
            Event.ToolCallStarted.of("1", "x"),
            Event.ToolCallStarted.of("2", "y"),
            new Event.ToolArgumentsDelta("1", "{\"p\":"),
            new Event.ToolArgumentsDelta("2", "{}"),
            new Event.ToolArgumentsDelta("1", "1}"),
            new Event.TextDelta("c"),
            new Event.UsageReport(Usage.of(1, 2)),
            new Event.UsageReport(Usage.of(3, 4)),
            Event.Finished.of(FinishReason.TOOL_CALLS));
    assertThat(whole.text()).isEqualTo("abc");
    assertThat(whole.parts())
        .hasExactlyElementsOfTypes(
            Part.Reasoning.class,
            Part.Text.class,
            Part.ToolCall.class,
            Part.ToolCall.class,
            Part.Text.class);
    assertThat(((Part.ToolCall) whole.parts().get(2)).arguments()).isEqualTo("{\"p\":1}");
    // Reports replace, they do not add up.
    assertThat(whole.usage()).isEqualTo(Usage.of(3, 4));
  }

  @Test
  void opaqueReasoningReplacesItsDeltas() throws Exception {
    var done =
        new Part.Reasoning(
            Dialect.ANTHROPIC, "think", List.of(), "sig", null, null, lip.api.Meta.NONE);
    Collected whole =
        collect(
            Event.ResponseStarted.PLAIN,
            Event.MessageStarted.FIRST,
            new Event.ReasoningDelta("think", false),
            new Event.ReasoningDone(done),
            new Event.ReasoningDelta("more", false),
            Event.Finished.of(FinishReason.STOP));
    assertThat(whole.parts()).hasSize(2).first().isEqualTo(done);
  }

  @Test
  void anAnswerWithoutAnEndIsAFailure() {
    assertThatThrownBy(() -> collect(Event.ResponseStarted.PLAIN))
        .isInstanceOf(UpstreamFailure.class)
        .hasMessageContaining("without its final event");
  }

  @Test
  void aFailedAnswerSaysSo() throws Exception {
    Failure failure = Failure.of(FailureClass.UPSTREAM, "broke off");
    assertThat(collect(Event.ResponseStarted.PLAIN, new Event.Failed(failure)).failure())
        .isSameAs(failure);
  }

  @Test
  void boundsHold() {
    var limits = new CollectLimits(3, 100, 100, 1, 1);
    assertThatThrownBy(() ->
            Collector.collect(
                stream(
                    Event.ResponseStarted.PLAIN,
                    Event.MessageStarted.FIRST,
                    new Event.TextDelta("äö")),
                limits))
        .isInstanceOf(UpstreamFailure.class)
        .hasMessageContaining("more than 3");
  }

  @Test
  void whatTheModelCannotHoldIsTheProvidersFault() {
    tooMuch(
        "text in one part", new Event.TextDelta("x".repeat(Limits.TEXT)), new Event.TextDelta("x"));
    tooMuch(
        "tool arguments in one part",
        Event.ToolCallStarted.of("1", "f"),
        new Event.ToolArgumentsDelta("1", "ä".repeat(Limits.JSON / 2 + 1)));
    tooMuch("collected: name", Event.ToolCallStarted.of("1", "f".repeat(Limits.REFERENCE + 1)));
  }

  private static void tooMuch(String what, Event... content) {
    List<Event> events =
        new ArrayList<>(List.of(Event.ResponseStarted.PLAIN, Event.MessageStarted.FIRST));
    events.addAll(List.of(content));
    events.add(Event.Finished.of(FinishReason.STOP));
    assertThatThrownBy(() -> collect(events.toArray(Event[]::new)))
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureClass.UPSTREAM))
        .hasMessageContaining(what);
  }

  @Test
  void orderIsChecked() {
    illegal(Event.MessageStarted.FIRST);
    illegal(Event.ResponseStarted.PLAIN, Event.ResponseStarted.PLAIN);
    illegal(Event.ResponseStarted.PLAIN, new Event.TextDelta("x"));
    illegal(
        Event.ResponseStarted.PLAIN,
        Event.MessageStarted.FIRST,
        new Event.ToolArgumentsDelta("1", "x"));
    illegal(
        Event.ResponseStarted.PLAIN,
        Event.Finished.of(FinishReason.STOP),
        new Event.Warning("w", "late"));
  }

  @Test
  void sideEventsNeedNoMessage() {
    EventOrder order = new EventOrder();
    order.accept(Event.ResponseStarted.PLAIN);
    order.accept(new Event.Extension(Dialect.OPENAI_CHAT, "system_fingerprint", Json.NULL));
    order.accept(new Event.UsageReport(Usage.of(1, 1)));
    order.accept(Event.Finished.of(FinishReason.STOP));
    assertThat(order.ended()).isTrue();
  }

  private static void illegal(Event... events) {
    assertThatThrownBy(
            () -> {
              EventOrder order = new EventOrder();
              for (Event event : events) {
                order.accept(event);
              }
            })
        .isInstanceOf(IllegalStateException.class);
  }
}
