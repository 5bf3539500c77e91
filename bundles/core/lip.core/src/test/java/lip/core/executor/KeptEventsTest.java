package lip.core.executor;

import static lip.core.executor.World.END;
import static lip.core.executor.World.MESSAGE;
import static lip.core.executor.World.START;
import static lip.core.executor.World.all;
import static lip.core.executor.World.live;
import static lip.core.executor.World.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.executor.World.Fake;
import lip.core.executor.World.Steps;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.PinnedExchange;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import org.junit.jupiter.api.Test;

/** What an answer makes us keep has a bound over all answers. */
class KeptEventsTest {
  private static final Event TEXT = text("x".repeat(1000));
  private static final int MOST = 2 * AnswerRoom.FREE;

  private final World world = new World();

  private static Call call(boolean streaming) {
    return World.call("m:x").toBuilder().streaming(streaming).build();
  }

  private void answers(List<Event> events) {
    world.roomBytes.set(MOST);
    world.publish(live("m", new Fake(_ -> Steps.of(events.toArray(Event[]::new))), 0));
  }

  private static List<Event> answer(List<Event> content) {
    return java.util.stream.Stream.of(List.of(START, MESSAGE), content, List.of(END))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void aCollectedAnswerEndsWhereThereIsNoRoomAndGivesItBackWithTheExchange() throws Exception {
    answers(answer(Collections.nCopies(1000, TEXT)));
    try (PinnedExchange exchange = world.admit()) {
      Answer answer = exchange.calls().open(call(false));
      List<Event> events = all(answer);
      answer.close();
      assertThat(events.getLast()).isInstanceOf(Event.Failed.class);
      Failure failure = ((Event.Failed) events.getLast()).failure();
      assertThat(failure.kind()).isEqualTo(FailureClass.OVERLOADED);
      assertThat(failure.retryAfter()).isNotNull();
      assertThat(failure.message()).contains("max.inflight.answer.bytes");
      assertThat(world.room.held())
          .as("the client still reads it")
          .isBetween(MOST - 2000L, MOST + 0L);
    }
    assertThat(world.room.held()).isZero();
  }

  @Test
  void aStreamOfAnyLengthHoldsNothing() throws Exception {
    answers(answer(Collections.nCopies(1000, TEXT)));
    try (PinnedExchange exchange = world.admit();
        Answer answer = exchange.calls().open(call(true))) {
      assertThat(all(answer)).hasSize(1003).endsWith(END);
      assertThat(world.room.held()).isZero();
    }
  }

  @Test
  void toolCallsOfAStreamAreKeptInMind() throws Exception {
    List<Event> calls =
        java.util.stream.IntStream.range(0, 10_000)
            .mapToObj(i -> (Event) Event.ToolCallStarted.of("c" + i, "name"))
            .toList();
    answers(answer(calls));
    try (PinnedExchange exchange = world.admit();
        Answer answer = exchange.calls().open(call(true))) {
      assertThat(all(answer)).hasSizeLessThan(3000).last().isInstanceOf(Event.Failed.class);
    }
  }

  @Test
  void whatComesBeforeTheAnswerBeginsIsCounted() {
    Event large =
        new Event.Extension(Dialect.OPENAI_CHAT, "x", Json.of("\"" + "y".repeat(MOST) + "\""));
    answers(List.of(START, large, MESSAGE, TEXT, END));
    try (PinnedExchange exchange = world.admit()) {
      CallFailed failed =
          catchThrowableOfType(CallFailed.class, () -> exchange.calls().open(call(true)));
      assertThat(failed.failure().kind()).isEqualTo(FailureClass.OVERLOADED);
    }
  }

  @Test
  void severalAnswersShareTheRoom() throws Exception {
    answers(answer(Collections.nCopies(100, TEXT)));
    try (PinnedExchange first = world.admit();
        PinnedExchange second = world.admit()) {
      assertThat(all(first.calls().open(call(false)))).endsWith(END);
      assertThat(all(second.calls().open(call(false)))).last().isInstanceOf(Event.Failed.class);
    }
    try (PinnedExchange third = world.admit()) {
      assertThat(all(third.calls().open(call(false)))).endsWith(END);
    }
  }
}
