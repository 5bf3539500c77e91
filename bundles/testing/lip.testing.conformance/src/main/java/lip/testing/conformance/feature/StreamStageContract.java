package lip.testing.conformance.feature;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;

/** A stream handler leaves every answer legal and complete. */
public interface StreamStageContract {
  /** Where it is contributed: tool_event_reaction or stream_event_mutation. */
  StageId stage();

  /** The handler, fresh. */
  StreamStage handler() throws Exception;

  /** Whole answers to run; a handler adds those that make it act. */
  default List<List<Event>> answers() {
    return List.of(
        Events.text("Hello", ", ", "world"),
        Events.text(),
        Events.toolCall("call_1", "look", "{\"pa", "th\":1}"),
        interleaved());
  }

  private static List<Event> interleaved() {
    List<Event> events = new ArrayList<>(Events.text("Let me see. ").subList(0, 3));
    events.add(new Event.ReasoningDelta("hm", false));
    events.add(Event.ToolCallStarted.of("call_1", "look"));
    events.add(Event.ToolCallStarted.of("call_2", "look"));
    events.add(new Event.ToolArgumentsDelta("call_2", "{}"));
    events.add(new Event.ToolArgumentsDelta("call_1", "{}"));
    events.add(new Event.Warning("test", "side event"));
    events.add(new Event.ToolCallFinished("call_1"));
    events.add(new Event.ToolCallFinished("call_2"));
    events.addAll(Events.text().subList(2, Events.text().size()));
    return events;
  }

  /** What leaves is in order and has one end. */
  @Test
  default void everyAnswerLeavesInOrderWithItsEnd() throws Exception {
    for (List<Event> answer : answers()) {
      assertThatEvents(StageRun.of(stage(), handler(), answer)).areComplete();
    }
  }

  /** An answer that breaks off still breaks off, wherever it does. */
  @Test
  default void anAnswerThatFailsStillFails() throws Exception {
    Event failed = new Event.Failed(Failure.of(FailureClass.UPSTREAM, "it broke off"));
    for (List<Event> answer : answers()) {
      for (int cut = 1; cut < answer.size(); cut++) {
        List<Event> broken = new ArrayList<>(answer.subList(0, cut));
        broken.add(failed);
        List<Event> left = StageRun.of(stage(), handler(), broken);
        assertThatEvents(left).areComplete();
        assertThat(left.getLast()).isInstanceOf(Event.Failed.class);
      }
    }
  }

  /** Nothing stays held. */
  @Test
  default void whatIsHeldIsReleasedAtTheEnd() throws Exception {
    for (List<Event> answer : answers()) {
      StageRun run = new StageRun(stage(), handler(), TestContext.of(1));
      answer.forEach(run::take);
      assertThat(run.holds()).isFalse();
    }
  }

  /**
   * State belongs to the attempt: answers through one stage at once come out as they would alone.
   */
  @Test
  default void attemptsDoNotShareState() throws Exception {
    StreamStage shared = handler();
    for (List<Event> first : answers()) {
      for (List<Event> second : answers()) {
        StageRun one = new StageRun(stage(), shared, TestContext.of(1));
        StageRun two = new StageRun(stage(), shared, TestContext.of(2));
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
          if (i < first.size()) {
            one.take(first.get(i));
          }
          if (i < second.size()) {
            two.take(second.get(i));
          }
        }
        assertThat(one.left()).isEqualTo(StageRun.of(stage(), handler(), first));
        assertThat(two.left()).isEqualTo(StageRun.of(stage(), handler(), second));
      }
    }
  }

  /** Events that came with a later API are passed on. */
  @Test
  default void eventsThatAreNotKnownArePassedOn() throws Exception {
    record Younger(String type) implements Event.Other {}
    List<Event> answer = new ArrayList<>(Events.text("one", " two"));
    answer.add(3, new Younger("younger"));
    assertThat(StageRun.of(stage(), handler(), answer)).contains(new Younger("younger"));
  }

  /** A refusal of the core rises: a handler that swallows it would go on with a broken stream. */
  @Test
  default void whatTheOutThrowsRises() throws Exception {
    Out refusing = new RefusingOut();
    for (List<Event> answer : answers()) {
      StreamStage.Handler handler = handler().open(TestContext.of(1));
      if (handler == null) {
        continue;
      }
      boolean tools = stage().equals(StageId.TOOL_EVENT_REACTION);
      for (Event event : answer) {
        if (tools != (event instanceof Event.ToolCallStarted)) {
          continue;
        }
        assertThatThrownBy(() -> handler.on(event, refusing))
            .isInstanceOf(RefusingOut.Refused.class);
        break;
      }
    }
  }
}
