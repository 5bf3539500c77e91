package lip.core.pipeline;

import static lip.core.pipeline.Handlers.live;
import static lip.sdk.feature.FailurePolicy.FAIL_CLOSED;
import static lip.sdk.feature.FailurePolicy.FAIL_OPEN;
import static lip.sdk.feature.StageId.STREAM_EVENT_MUTATION;
import static lip.sdk.feature.StageId.TOOL_EVENT_REACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.event.Event;
import lip.api.event.EventOrder;
import lip.api.event.FinishReason;
import lip.api.failure.FailureClass;
import lip.api.failure.Rejected;
import lip.core.snapshot.LiveHandler;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import org.junit.jupiter.api.Test;

class EventChainTest {
  private static final Event START = Event.ResponseStarted.PLAIN;
  private static final Event MESSAGE = Event.MessageStarted.FIRST;
  private static final Event END = Event.Finished.of(FinishReason.STOP);

  private static Event text(String text) {
    return new Event.TextDelta(text);
  }

  private static LiveHandler<StreamStage> handler(
      StageId stage, FailurePolicy policy, StreamStage.Handler handler) {
    return live(stage, policy, _ -> handler);
  }

  private static LiveHandler<StreamStage> mutation(StreamStage.Handler handler) {
    return handler(STREAM_EVENT_MUTATION, FAIL_OPEN, handler);
  }

  private static final StreamStage.Handler UPPER =
      (event, out) ->
          out.emit(
              event instanceof Event.TextDelta(String text)
                  ? text(text.toUpperCase(java.util.Locale.ROOT))
                  : event);

  private static final StreamStage.Handler HOLD_TEXT =
      (event, out) -> {
        if (event instanceof Event.TextDelta) {
          out.hold(event);
        } else {
          out.emit(event);
        }
      };

  @SafeVarargs
  private static EventChain chain(LiveHandler<StreamStage>... handlers) throws Rejected {
    return EventChain.open(
        Handlers.streams(handlers), Handlers.attempt(), new Blame(Handlers.CLOCK));
  }

  private static List<Event> run(EventChain chain, Event... events) {
    List<Event> left = new ArrayList<>();
    for (Event event : events) {
      if (!chain.ended()) {
        chain.accept(event);
      }
      drain(chain, left);
    }
    return left;
  }

  private static void drain(EventChain chain, List<Event> left) {
    for (Event event; (event = chain.poll()) != null; ) {
      left.add(event);
    }
  }

  private static void assertLegal(List<Event> events) {
    EventOrder order = new EventOrder();
    events.forEach(order::accept);
    assertThat(order.ended()).isTrue();
  }

  @Test
  void nobodyInterestedMeansNoChain() throws Rejected {
    assertThat(chain()).isNull();
    assertThat(chain(live(STREAM_EVENT_MUTATION, FAIL_OPEN, _ -> null))).isNull();
  }

  @Test
  void whatOneEmitsTheNextGets() throws Rejected {
    EventChain chain =
        chain(
            mutation(UPPER),
            mutation((event, out) -> {
              out.emit(event);
              if (event instanceof Event.TextDelta(String text)) {
                out.emit(text(text + "!"));
              }
            }));
    assertThat(run(chain, START, MESSAGE, text("a"), END))
        .containsExactly(START, MESSAGE, text("A"), text("A!"), END);
    assertThat(chain.ended()).isTrue();
  }

  @Test
  void toolHandlersGetToolEventsAndOthersTheRest() throws Rejected {
    List<Event> tools = new ArrayList<>();
    List<Event> others = new ArrayList<>();
    EventChain chain =
        chain(
            handler(
                TOOL_EVENT_REACTION,
                FAIL_OPEN,
                (event, out) -> {
                  tools.add(event);
                  out.emit(event);
                }),
            mutation((event, out) -> {
              others.add(event);
              out.emit(event);
            }));
    Event call = Event.ToolCallStarted.of("c1", "ls");
    Event arguments = new Event.ToolArgumentsDelta("c1", "{}");
    Event done = new Event.ToolCallFinished("c1");
    assertThat(run(chain, START, MESSAGE, call, arguments, done, END))
        .containsExactly(START, MESSAGE, call, arguments, done, END);
    assertThat(tools).containsExactly(call, arguments, done);
    assertThat(others).containsExactly(START, MESSAGE, END);
  }

  @Test
  void heldEventsGoBeforeTheTerminalOne() throws Rejected {
    assertThat(run(chain(mutation(HOLD_TEXT)), START, MESSAGE, text("a"), text("b"), END))
        .containsExactly(START, MESSAGE, text("a"), text("b"), END);
  }

  @Test
  void heldEventsGoBeforeAFailure() throws Rejected {
    Event failed = new Event.Failed(lip.api.failure.Failure.of(FailureClass.UPSTREAM, "broke off"));
    assertThat(run(chain(mutation(HOLD_TEXT)), START, MESSAGE, text("a"), failed))
        .containsExactly(START, MESSAGE, text("a"), failed);
  }

  @Test
  void handlerMayReplaceWhatItHolds() throws Rejected {
    StreamStage.Handler replace =
        (event, out) -> {
          if (event instanceof Event.TextDelta) {
            out.hold(event);
          } else if (event.terminal()) {
            out.dropHeld();
            out.emit(text("other"));
            out.emit(event);
          } else {
            out.emit(event);
          }
        };
    assertThat(run(chain(mutation(replace)), START, MESSAGE, text("a"), text("b"), END))
        .containsExactly(START, MESSAGE, text("other"), END);
  }

  @Test
  void terminalEventIsNeverLost() throws Rejected {
    List<StreamStage.Handler> swallowers = List.of((_, _) -> {}, (event, out) -> out.hold(event));
    for (StreamStage.Handler swallower : swallowers) {
      StreamStage.Handler onlyEnd =
          (event, out) -> {
            if (event.terminal()) {
              swallower.on(event, out);
            } else {
              out.emit(event);
            }
          };
      assertThat(run(chain(mutation(onlyEnd)), START, MESSAGE, text("a"), END))
          .containsExactly(START, MESSAGE, text("a"), END);
    }
  }

  @Test
  void eventsOfOthersDoNotOvertakeHeldOnesAndCannotBeDropped() throws Rejected {
    Event call = Event.ToolCallStarted.of("c1", "ls");
    StreamStage.Handler holdFrameThenDrop =
        (event, out) -> {
          if (event.terminal()) {
            out.dropHeld();
            out.emit(event);
          } else if (event instanceof Event.TextDelta) {
            out.hold(event);
          } else {
            out.emit(event);
          }
        };
    EventChain chain = chain(mutation(holdFrameThenDrop));
    assertThat(run(chain, START, MESSAGE, text("a"), call)).containsExactly(START, MESSAGE);
    assertThat(run(chain, END)).containsExactly(call, END);
  }

  @Test
  void releaseSendsHeldOnInOrder() throws Rejected {
    StreamStage.Handler pairs =
        (event, out) -> {
          if (event instanceof Event.TextDelta(String text) && text.equals("a")) {
            out.hold(event);
          } else {
            out.release();
            out.emit(event);
          }
        };
    EventChain chain = chain(mutation(pairs));
    assertThat(run(chain, START, MESSAGE, text("a"))).containsExactly(START, MESSAGE);
    assertThat(run(chain, text("b"))).containsExactly(text("a"), text("b"));
  }

  @Test
  void failingOpenHandlerIsOutAndWhatItHeldGoesOn() throws Rejected {
    StreamStage.Handler breaking =
        (event, out) -> {
          if (event.equals(text("c"))) {
            out.dropHeld();
            out.emit(text("half done"));
            throw new IllegalStateException("bug");
          }
          HOLD_TEXT.on(event, out);
        };
    LiveHandler<StreamStage> live = mutation(breaking);
    assertThat(run(chain(live), START, MESSAGE, text("a"), text("b"), text("c"), text("d"), END))
        .containsExactly(START, MESSAGE, text("a"), text("b"), text("c"), text("d"), END);
    assertThat(live.entry().errors()).isEqualTo(1);
  }

  @Test
  void failingClosedHandlerEndsTheStreamAndKeepsWhatItHeld() throws Rejected {
    StreamStage.Handler breaking =
        (event, out) -> {
          if (event.equals(text("b"))) {
            throw new NoClassDefFoundError("gone");
          }
          HOLD_TEXT.on(event, out);
        };
    EventChain chain = chain(handler(STREAM_EVENT_MUTATION, FAIL_CLOSED, breaking));
    List<Event> left = run(chain, START, MESSAGE, text("a"), text("b"), text("c"));
    assertThat(left).hasSize(3);
    assertThat(left.getLast())
        .isInstanceOfSatisfying(
            Event.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureClass.INTERNAL);
              assertThat(failed.failure().message()).isEqualTo("internal error");
            });
    assertThat(chain.ended()).isTrue();
  }

  @Test
  void departedOpenHandlerIsSkippedAndItsHeldEventsAppear() throws Rejected {
    LiveHandler<StreamStage> live = mutation(HOLD_TEXT);
    EventChain chain = chain(live, mutation(UPPER));
    assertThat(run(chain, START, MESSAGE, text("a"))).containsExactly(START, MESSAGE);
    live.entry().revoke();
    assertThat(run(chain, text("b"), END)).containsExactly(text("A"), text("B"), END);
    assertThat(live.entry().errors()).isZero();
  }

  @Test
  void departedClosedHandlerEndsTheStream() throws Rejected {
    LiveHandler<StreamStage> live = handler(STREAM_EVENT_MUTATION, FAIL_CLOSED, HOLD_TEXT);
    EventChain chain = chain(mutation(UPPER), live);
    assertThat(run(chain, START, MESSAGE, text("a"))).containsExactly(START, MESSAGE);
    live.entry().revoke();
    assertThat(run(chain, text("b"), END))
        .singleElement()
        .isInstanceOfSatisfying(
            Event.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureClass.UNAVAILABLE));
  }

  @Test
  void illegalOrderIsAFailureOfTheHandler() throws Rejected {
    LiveHandler<StreamStage> twice =
        mutation((event, out) -> {
          out.emit(event);
          if (event instanceof Event.TextDelta) {
            try {
              out.emit(START);
            } catch (IllegalStateException swallowed) {
              out.emit(event);
            }
          }
        });
    List<Event> left = run(chain(twice), START, MESSAGE, text("a"), text("b"), END);
    assertThat(left).containsExactly(START, MESSAGE, text("a"), text("b"), END);
    assertThat(twice.entry().errors()).isEqualTo(1);
  }

  @Test
  void swallowedFrameIsPutBackWhenTheHandlerIsOut() throws Rejected {
    LiveHandler<StreamStage> live =
        mutation((event, out) -> {
          if (event instanceof Event.TextDelta) {
            out.emit(event);
          }
        });
    List<Event> left = run(chain(live), START, MESSAGE, text("a"), END);
    assertThat(left).containsExactly(START, MESSAGE, text("a"), END);
    assertThat(live.entry().errors()).isEqualTo(1);
  }

  @Test
  void restOfASwallowedToolCallIsSwallowedWhenTheHandlerIsOut() throws Rejected {
    LiveHandler<StreamStage> live =
        handler(
            TOOL_EVENT_REACTION,
            FAIL_OPEN,
            (event, _) -> {
              if (event instanceof Event.ToolArgumentsDelta) {
                throw new IllegalStateException("bug");
              }
            });
    Event other = Event.ToolCallStarted.of("c2", "cat");
    List<Event> left =
        run(
            chain(live),
            START,
            MESSAGE,
            Event.ToolCallStarted.of("c1", "rm"),
            new Event.ToolArgumentsDelta("c1", "{"),
            new Event.ToolArgumentsDelta("c1", "}"),
            new Event.ToolCallFinished("c1"),
            other,
            END);
    assertThat(left).containsExactly(START, MESSAGE, other, END);
    assertLegal(left);
  }

  @Test
  void handlerMayCutTheAnswer() throws Rejected {
    EventChain chain =
        chain(
            mutation(HOLD_TEXT),
            mutation((event, out) -> {
              out.emit(event);
              if (event instanceof Event.MessageStarted) {
                out.emit(Event.Finished.of(FinishReason.CANCELLED));
              }
            }));
    assertThat(run(chain, START, MESSAGE, text("a"), END))
        .containsExactly(START, MESSAGE, Event.Finished.of(FinishReason.CANCELLED));
  }

  @Test
  void holdingTooManyIsAFailureOfTheHandler() throws Rejected {
    LiveHandler<StreamStage> live = mutation(HOLD_TEXT);
    EventChain chain = chain(live);
    List<Event> left = run(chain, START, MESSAGE);
    for (int i = 0; i <= EventChain.MOST_EVENTS; i++) {
      chain.accept(text("x"));
      drain(chain, left);
    }
    assertThat(live.entry().errors()).isEqualTo(1);
    assertThat(left).hasSize(EventChain.MOST_EVENTS + 3);
  }

  @Test
  void holdingTooMuchIsAFailureOfTheHandler() throws Rejected {
    LiveHandler<StreamStage> live = handler(STREAM_EVENT_MUTATION, FAIL_CLOSED, HOLD_TEXT);
    EventChain chain = chain(live);
    String mebi = "x".repeat(1_048_576);
    List<Event> left = run(chain, START, MESSAGE);
    for (int i = 0; i < 9; i++) {
      chain.accept(text(mebi));
    }
    drain(chain, left);
    assertThat(live.entry().errors()).isEqualTo(1);
    assertThat(left.getLast()).isInstanceOf(Event.Failed.class);
  }

  @Test
  void endlessEmittingIsStopped() throws Rejected {
    LiveHandler<StreamStage> live =
        mutation((event, out) -> {
          out.emit(event);
          if (event instanceof Event.TextDelta) {
            for (; ; ) {
              out.emit(event);
            }
          }
        });
    assertThat(run(chain(live), START, MESSAGE, text("a"), END))
        .containsExactly(START, MESSAGE, text("a"), END);
    assertThat(live.entry().errors()).isEqualTo(1);
  }

  @Test
  void nullIsAFailureAndOutIsUselessAfterwards() throws Rejected {
    AtomicReference<Out> kept = new AtomicReference<>();
    LiveHandler<StreamStage> live =
        mutation((event, out) -> {
          kept.set(out);
          if (event instanceof Event.TextDelta) {
            out.hold(null);
          } else {
            out.emit(event);
          }
        });
    assertThat(run(chain(live), START, MESSAGE, text("a"), END))
        .containsExactly(START, MESSAGE, text("a"), END);
    assertThat(live.entry().errors()).isEqualTo(1);
    assertThatThrownBy(() -> kept.get().emit(END)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void handlerThatDoesNotOpenIsHandledByPolicy() throws Rejected {
    StreamStage broken =
        _ -> {
          throw new IllegalStateException("bug");
        };
    assertThat(chain(live(STREAM_EVENT_MUTATION, FAIL_OPEN, broken))).isNull();
    assertThatThrownBy(() -> chain(live(STREAM_EVENT_MUTATION, FAIL_CLOSED, broken)))
        .isInstanceOf(Rejected.class);
  }
}
