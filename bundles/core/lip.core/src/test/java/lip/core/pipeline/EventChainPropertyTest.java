package lip.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lip.api.event.Event;
import lip.api.event.EventOrder;
import lip.api.event.FinishReason;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.snapshot.LiveHandler;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever handlers do, what leaves is legal, and it ends. */
class EventChainPropertyTest {
  @Property(tries = 2_000)
  void whatLeavesIsLegalAndEnds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int handlers)
      throws Exception {
    Random random = new Random(seed);
    List<LiveHandler<StreamStage>> live = new ArrayList<>();
    for (int i = 0; i < handlers; i++) {
      StreamStage.Handler wild = (event, out) -> act(random, event, out);
      live.add(
          Handlers.live(
              random.nextBoolean() ? StageId.TOOL_EVENT_REACTION : StageId.STREAM_EVENT_MUTATION,
              random.nextInt(4) == 0 ? FailurePolicy.FAIL_CLOSED : FailurePolicy.FAIL_OPEN,
              _ -> wild));
    }
    @SuppressWarnings("unchecked")
    LiveHandler<StreamStage>[] array = live.toArray(LiveHandler[]::new);
    EventChain chain =
        EventChain.open(Handlers.streams(array), Handlers.attempt(), new Blame(Handlers.CLOCK));
    EventOrder order = new EventOrder();
    for (Event event : input(random)) {
      if (chain.ended()) {
        break;
      }
      if (random.nextInt(20) == 0) {
        live.get(random.nextInt(handlers)).entry().revoke();
      }
      chain.accept(event);
      for (Event left; (left = chain.poll()) != null; ) {
        order.accept(left);
      }
    }
    assertThat(order.ended()).isTrue();
    assertThat(chain.ended()).isTrue();
  }

  /** A handler that drops nothing changes nothing, whatever it holds and whenever it departs. */
  @Property(tries = 1_000)
  void whatIsHeldAppearsInOrder(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    LiveHandler<StreamStage> keeper =
        Handlers.live(
            StageId.STREAM_EVENT_MUTATION,
            FailurePolicy.FAIL_OPEN,
            _ ->
                (event, out) -> {
                  out.hold(event);
                  if (random.nextInt(3) == 0) {
                    out.release();
                  }
                  if (random.nextInt(30) == 0) {
                    throw new IllegalStateException("bug");
                  }
                });
    EventChain chain =
        EventChain.open(Handlers.streams(keeper), Handlers.attempt(), new Blame(Handlers.CLOCK));
    List<Event> input = input(random);
    List<Event> left = new ArrayList<>();
    for (Event event : input) {
      if (random.nextInt(30) == 0) {
        keeper.entry().revoke();
      }
      chain.accept(event);
      for (Event out; (out = chain.poll()) != null; ) {
        left.add(out);
      }
    }
    assertThat(left).isEqualTo(input);
  }

  private static void act(Random random, Event event, Out out) {
    for (int steps = random.nextInt(4); steps >= 0; steps--) {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> out.emit(event);
        case 5, 6 -> out.hold(event);
        case 7 -> out.release();
        case 8 -> out.dropHeld();
        case 9 -> out.emit(some(random));
        case 10 -> {
          try {
            out.emit(some(random));
          } catch (IllegalStateException swallowed) {
            out.release();
          }
        }
        default -> {
          if (random.nextInt(5) == 0) {
            throw new IllegalStateException("bug");
          }
        }
      }
    }
  }

  private static Event some(Random random) {
    String id = "c" + random.nextInt(3);
    return switch (random.nextInt(9)) {
      case 0 -> Event.ResponseStarted.PLAIN;
      case 1 -> Event.MessageStarted.FIRST;
      case 2 -> Event.ToolCallStarted.of(id, "ls");
      case 3 -> new Event.ToolArgumentsDelta(id, "{}");
      case 4 -> new Event.ToolCallFinished(id);
      case 5 -> new Event.Warning("w", "careful");
      case 6 -> new Event.RefusalDelta("no");
      case 7 ->
          random.nextInt(4) == 0
              ? Event.Finished.of(FinishReason.CANCELLED)
              : new Event.TextDelta("made");
      default -> new Event.TextDelta("made " + random.nextInt(9));
    };
  }

  private static List<Event> input(Random random) {
    List<Event> events = new ArrayList<>();
    events.add(Event.ResponseStarted.PLAIN);
    events.add(Event.MessageStarted.FIRST);
    EventOrder order = new EventOrder();
    events.forEach(order::accept);
    for (int i = random.nextInt(40); i > 0; i--) {
      Event event = some(random);
      if (event.terminal() || event instanceof Event.ResponseStarted) {
        continue;
      }
      try {
        order.accept(event);
        events.add(event);
      } catch (IllegalStateException e) {
        // Not legal here: leave it out.
        continue;
      }
    }
    events.add(
        random.nextInt(5) == 0
            ? new Event.Failed(Failure.of(FailureClass.UPSTREAM, "broke off"))
            : Event.Finished.of(FinishReason.STOP));
    return events;
  }
}
