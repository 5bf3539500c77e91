package lip.core.executor;

import static lip.core.executor.World.END;
import static lip.core.executor.World.LONG;
import static lip.core.executor.World.MESSAGE;
import static lip.core.executor.World.START;
import static lip.core.executor.World.all;
import static lip.core.executor.World.await;
import static lip.core.executor.World.call;
import static lip.core.executor.World.live;
import static lip.core.executor.World.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.event.Event;
import lip.api.event.StreamClosed;
import lip.api.failure.FailureClass;
import lip.core.executor.World.Fake;
import lip.core.executor.World.Steps;
import lip.core.gateway.EndCause;
import lip.core.gateway.PinnedExchange;
import lip.core.pipeline.Handlers;
import lip.core.snapshot.LiveBackend;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CancellationTest {
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  private final World world = new World();

  private interface Reading {
    Event next() throws Exception;
  }

  private static CompletableFuture<Event> later(Reading reading) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return reading.next();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        VIRTUAL);
  }

  private static Answer read(Answer answer, int events) {
    for (int i = 0; i < events; i++) {
      answer.next();
    }
    return answer;
  }

  @Test
  void closeEndsABlockedRead() throws Exception {
    Steps steps = Steps.thenBlocks(START, MESSAGE, text("a"));
    LiveBackend backend = live("a", new Fake(_ -> steps), 0);
    world.publish(backend);
    try (PinnedExchange exchange = world.admit()) {
      Answer answer = read(exchange.calls().open(call("m")), 3);
      CompletableFuture<Event> reading = later(answer::next);
      await(steps.blocked);
      answer.close();
      answer.close();
      assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StreamClosed.class);
      assertThatThrownBy(answer::next).isInstanceOf(StreamClosed.class);
      assertThat(steps.closes).hasValue(1);
      await().atMost(LONG).until(() -> backend.entry().leases() == 0);
      assertThat(backend.entry().errors()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = EndCause.class,
      names = {"DRAIN", "SHUTDOWN", "FIRST_EVENT_LIMIT", "IDLE_LIMIT"})
  void endedByTheCoreTheStreamFailsInOrder(EndCause cause) throws Exception {
    Steps steps = Steps.thenBlocks(START, MESSAGE, text("a"));
    world.publish(live("a", new Fake(_ -> steps), 0));
    try (PinnedExchange exchange = world.admit()) {
      Answer answer = read(exchange.calls().open(call("m")), 3);
      CompletableFuture<Event> reading = later(answer::next);
      await(steps.blocked);
      exchange.end(cause);
      Event.Failed failed = (Event.Failed) reading.get(10, TimeUnit.SECONDS);
      assertThat(failed.failure().kind())
          .isEqualTo(
              cause == EndCause.DRAIN || cause == EndCause.SHUTDOWN
                  ? FailureClass.UNAVAILABLE
                  : FailureClass.TIMEOUT);
      assertThat(answer.next()).isNull();
      assertThat(exchange.endCause()).isEqualTo(cause);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = EndCause.class,
      names = {"CLIENT_GONE", "CLIENT_STALLED", "RACE_LOST"})
  void nobodyIsToldWhenNobodyIsLeft(EndCause cause) throws Exception {
    Steps steps = Steps.thenBlocks(START, MESSAGE, text("a"));
    world.publish(live("a", new Fake(_ -> steps), 0));
    try (PinnedExchange exchange = world.admit()) {
      Answer answer = read(exchange.calls().open(call("m")), 3);
      CompletableFuture<Event> reading = later(answer::next);
      await(steps.blocked);
      exchange.end(cause);
      assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StreamClosed.class);
    }
  }

  @Test
  void openingIsInterruptedAndTheFlagDoesNotStay() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    LiveBackend backend =
        live(
            "a",
            new Fake(_ -> {
              inside.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return Steps.of(END);
            }),
            0);
    world.publish(backend);
    try (PinnedExchange exchange = world.admit()) {
      AtomicReference<Boolean> flag = new AtomicReference<>();
      CompletableFuture<Event> opening =
          later(() -> {
            try {
              return exchange.calls().open(call("m")).next();
            } finally {
              flag.set(Thread.currentThread().isInterrupted());
            }
          });
      await(inside);
      exchange.end(EndCause.FIRST_EVENT_LIMIT);
      assertThatThrownBy(() -> opening.get(10, TimeUnit.SECONDS))
          .rootCause()
          .isInstanceOfSatisfying(
              CallFailed.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureClass.TIMEOUT));
      assertThat(flag.get()).isFalse();
      assertThat(backend.entry().leases()).isZero();
      assertThat(backend.entry().errors()).isZero();
    }
  }

  @Test
  void noFurtherCandidateIsTriedAfterTheEnd() {
    Fake fake = new Fake(_ -> Steps.of(START, MESSAGE, text("a"), END));
    world.publish(live("a", fake, 0));
    try (PinnedExchange exchange = world.admit()) {
      exchange.end(EndCause.SHUTDOWN);
      assertThatThrownBy(() -> exchange.calls().open(call("m")))
          .isInstanceOfSatisfying(
              CallFailed.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureClass.UNAVAILABLE));
      assertThat(fake.opened).hasValue(0);
    }
  }

  @Test
  void revokedWhileBlockedTheStreamFailsAndTheActionRunsOnce() throws Exception {
    Steps steps = Steps.thenBlocks(START, MESSAGE, text("a"));
    LiveBackend backend = live("a", new Fake(_ -> steps), 0);
    world.publish(backend);
    try (PinnedExchange exchange = world.admit()) {
      List<EndCause> told = new ArrayList<>();
      exchange.onRevoked(told::add);
      Answer answer = read(exchange.calls().open(call("m")), 3);
      CompletableFuture<Event> reading = later(answer::next);
      await(steps.blocked);
      backend.entry().retire();
      backend.entry().revoke();
      assertThat(world.holders.revoke(backend.entry(), EndCause.DRAIN)).isEqualTo(1);
      world.holders.revokeAll(EndCause.SHUTDOWN);
      assertThat(((Event.Failed) reading.get(10, TimeUnit.SECONDS)).failure().kind())
          .isEqualTo(FailureClass.UNAVAILABLE);
      assertThat(told).containsExactly(EndCause.DRAIN);
      assertThat(exchange.revoked()).isTrue();
      answer.close();
      assertThat(backend.entry().awaitDrained(LONG)).isTrue();
    }
  }

  @Test
  void actionThatIsSetLateRunsAtOnce() {
    world.publish();
    try (PinnedExchange exchange = world.admit()) {
      world.holders.revokeAll(EndCause.SHUTDOWN);
      List<EndCause> told = new ArrayList<>();
      exchange.onRevoked(told::add);
      exchange.onRevoked(told::add);
      assertThat(told).containsExactly(EndCause.SHUTDOWN);
    }
  }

  @Test
  void pluginsCodeNeverRunsWithoutALease() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Steps steps = Steps.thenBlocks(START, MESSAGE, text("a"));
    Fake slow =
        new Fake(_ ->
            new lip.api.event.EventStream() {
              @Override
              public Event next() throws lip.api.failure.UpstreamFailure {
                return steps.next();
              }

              @Override
              public void close() {
                closing.countDown();
                await(goOn);
                steps.close();
              }
            });
    LiveBackend backend = live("a", slow, 0);
    world.publish(backend);
    PinnedExchange exchange = world.admit();
    Answer answer = read(exchange.calls().open(call("m")), 3);
    // Does not block although the plugin's close does.
    exchange.end(EndCause.IDLE_LIMIT);
    await(closing);
    answer.close();
    exchange.close();
    assertThat(backend.entry().leases()).isEqualTo(1);
    goOn.countDown();
    await().atMost(LONG).until(() -> backend.entry().leases() == 0);
  }

  @Test
  void closedExchangeRefersToNoPlugin() throws Exception {
    world.publish(live("a", new Fake(_ -> Steps.of(START, MESSAGE, text("a"), END)), 0));
    PinnedExchange exchange = world.admit();
    Answer answer = exchange.calls().open(call("m"));
    assertThat(all(answer)).hasSize(4);
    exchange.close();
    exchange.close();
    for (Object object : List.of(exchange, answer)) {
      assertThat(Reachable.from(object))
          .noneMatch(found -> found instanceof Fake || found instanceof World.Front)
          .noneMatch(found -> found instanceof Steps);
    }
    assertThatThrownBy(exchange::frontend).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> exchange.calls().open(call("m")))
        .isInstanceOf(lip.sdk.frontend.ExchangeEnded.class);
  }

  @Test
  void leasesAreZeroAfterAThousandAbortedCalls() throws Exception {
    AtomicInteger made = new AtomicInteger();
    LiveBackend backend =
        live(
            "a",
            new Fake(_ ->
                made.incrementAndGet() % 3 == 0
                    ? Steps.of(START, MESSAGE, text("a"))
                    : Steps.thenBlocks(START, MESSAGE, text("a"))),
            0);
    var hold =
        Handlers.live(
            lip.sdk.feature.StageId.STREAM_EVENT_MUTATION,
            lip.sdk.feature.FailurePolicy.FAIL_OPEN,
            (lip.sdk.feature.StreamStage) _ -> (event, out) -> out.emit(event));
    world.publish(Handlers.streams(hold), backend);
    EndCause[] causes = EndCause.values();
    List<CompletableFuture<Event>> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int n = i;
      all.add(
          later(() -> {
            try (PinnedExchange exchange = world.admit()) {
              Answer answer = exchange.calls().open(call("m"));
              Thread.startVirtualThread(() -> {
                switch (n % 3) {
                  case 0 -> answer.close();
                  case 1 -> exchange.end(causes[n % causes.length]);
                  default -> exchange.close();
                }
              });
              for (Event event; (event = answer.next()) != null; ) {
                if (event.terminal()) {
                  return event;
                }
              }
              return null;
            } catch (StreamClosed e) {
              return null;
            }
          }));
    }
    for (CompletableFuture<Event> one : all) {
      one.get(30, TimeUnit.SECONDS);
    }
    await()
        .atMost(LONG)
        .untilAsserted(() -> {
          assertThat(backend.entry().leases()).isZero();
          assertThat(hold.entry().leases()).isZero();
          assertThat(world.frontend.leases()).isZero();
          assertThat(world.gateway.openExchanges()).isZero();
          assertThat(world.gateway.activeAttempts("a")).isZero();
        });
    assertThat(backend.entry().errors()).isZero();
  }

  @Test
  void backendThatRetiresBetweenPlanAndAttemptIsReplacedByItsSuccessor() throws Exception {
    Fake old = new Fake(_ -> Steps.of(START, MESSAGE, text("old"), END));
    Fake next = new Fake(_ -> Steps.of(START, MESSAGE, text("new"), END));
    LiveBackend before = live("a", old, 0);
    LiveBackend after = live("a", next, 0);
    world.publish(before);
    try (PinnedExchange exchange = world.admit()) {
      world.publish(after);
      before.entry().retire();
      assertThat(all(exchange.calls().open(call("m")))).contains(text("new"));
      assertThat(old.opened).hasValue(0);
      assertThat(before.entry().awaitDrained(LONG)).isTrue();
    }
  }
}
