package lip.core.executor;

import static lip.core.executor.World.END;
import static lip.core.executor.World.MESSAGE;
import static lip.core.executor.World.START;
import static lip.core.executor.World.all;
import static lip.core.executor.World.call;
import static lip.core.executor.World.live;
import static lip.core.executor.World.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.core.executor.World.Fake;
import lip.core.executor.World.Script;
import lip.core.executor.World.Steps;
import lip.core.gateway.Inventory.FidelityView;
import lip.core.gateway.PinnedExchange;
import lip.core.pipeline.Handlers;
import lip.core.pipeline.LogLines;
import lip.core.routing.Candidate;
import lip.sdk.backend.ModelInfo;
import lip.sdk.fidelity.Deviation;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.Test;

/** What is said about a request that did not pass unchanged, and about its way. */
class FidelityTest {
  private static final Event[] WHOLE = {START, MESSAGE, text("hi"), END};
  private static final Headers ALL = Headers.of("X-LIP-Debug", "1");
  private static final Script LOSES_SEED =
      attempt -> {
        attempt.fidelity().lost("seed", "no such field there");
        return Steps.of(WHOLE);
      };

  private final World world = new World();

  private Headers ask(Headers headers, String model) throws Exception {
    try (PinnedExchange exchange = world.admit(headers);
        Answer answer = exchange.calls().open(call(model))) {
      all(answer);
      return exchange.headers();
    }
  }

  @Test
  void aClientThatAsksIsTold() throws Exception {
    world.publish(live("a", new Fake(LOSES_SEED), 0));
    Headers told = ask(ALL, "a-model");
    assertThat(told.first("X-LIP-Route")).isEqualTo("\"a:a-model\";reason=kind_prefix;attempt=1");
    assertThat(told.first("X-LIP-Fidelity"))
        .isEqualTo(
            "total;lost=1;mapped=0,"
                + " lost;field=\"seed\";way=request;reason=\"no such field there\"");
    assertThat(ask(Headers.of("X-LIP-Debug", "route"), "a-model").first("X-LIP-Fidelity")).isNull();
    assertThat(ask(Headers.of("X-LIP-Debug", "fidelity"), "a-model").first("X-LIP-Route")).isNull();
  }

  @Test
  void nobodyElseIs() throws Exception {
    world.publish(live("a", new Fake(LOSES_SEED), 0));
    assertThat(ask(Headers.NONE, "m").fields()).isEmpty();
    assertThat(ask(Headers.of("X-LIP-Debug", "0"), "m").fields()).isEmpty();
  }

  @Test
  void everyRuleOfTheChoiceIsNamedToTheClientAndInTheLog() throws Exception {
    Fake lists = new Fake(_ -> Steps.of(WHOLE));
    lists.models = List.of(new ModelInfo("b-listed", null, 0, "a"));
    world.publish(live("b", new Fake(_ -> Steps.of(WHOLE)), 0), live("a", lists, 0));
    try (LogLines log = new LogLines(ExchangeCalls.class.getName(), Level.DEBUG)) {
      // An inventory that lists the name wins over the start of the name.
      assertThat(ask(ALL, "b-listed").first("X-LIP-Route"))
          .isEqualTo("\"a:b-listed\";reason=inventory;attempt=1");
      assertThat(ask(ALL, "b-other").first("X-LIP-Route")).contains("\"b:b-other\";reason=kind_p");
      assertThat(ask(ALL, "a:x").first("X-LIP-Route")).contains("\"a:x\";reason=model_prefix");
      assertThat(ask(ALL, "odd").first("X-LIP-Route")).contains("\"b:odd\";reason=first_backend");
      assertThat(log.lines())
          .hasSize(4)
          .first()
          .isEqualTo(
              "route: call=t1 model=b-listed selector=- candidates=[a:b-listed by inventory]");
    }
  }

  @Test
  void aDefaultRouteThatReplacesTheModelIsAMapping() throws Exception {
    world.publish(live("a", new Fake(_ -> Steps.of(WHOLE)), 0)).defaultRoute("a:real");
    Headers told = ask(ALL, "wished");
    assertThat(told.first("X-LIP-Mapped-Model")).isEqualTo("wished -> a:real");
    assertThat(told.first("X-LIP-Route")).isEqualTo("\"a:real\";reason=default_route;attempt=1");
    assertThat(told.first("X-LIP-Fidelity"))
        .contains("mapped=1, mapped;field=\"model\";to=\"a:real\";way=request");
    assertThat(ask(Headers.NONE, "wished").fields())
        .extracting(Headers.Field::name)
        .containsExactly("X-LIP-Mapped-Model");
  }

  @Test
  void theAttemptThatAnsweredIsTheOneThatIsNamed() throws Exception {
    Fake fails =
        new Fake(attempt -> {
          attempt.fidelity().lost("of the first", "because");
          throw new UpstreamFailure(
              Failure.builder(FailureClass.OVERLOADED, "busy").recoverable(true).build());
        });
    List<Headers> early = new ArrayList<>();
    List<PinnedExchange> pinned = new ArrayList<>();
    Fake answers =
        new Fake(attempt -> {
          early.add(pinned.getFirst().headers());
          attempt.fidelity().lost("of the second", "because");
          return Steps.of(WHOLE);
        });
    world.publish(live("a", fails, 0), live("b", answers, 0));
    try (PinnedExchange exchange = world.admit(ALL)) {
      pinned.add(exchange);
      OpenExchange open = (OpenExchange) exchange;
      List<Candidate> candidates =
          List.of(
              new Candidate("a", "m", Candidate.Reason.SELECTOR),
              new Candidate("b", "m", Candidate.Reason.SELECTOR));
      try (Answer answer =
          new AttemptLoop(open, open.snapshot(), call("m"), Handlers.scope())
              .run(candidates, Headers.NONE)) {
        all(answer);
      }
      // A head that leaves while nobody has answered names nobody.
      assertThat(early).singleElement().satisfies(h -> assertThat(h.fields()).isEmpty());
      assertThat(exchange.headers().first("X-LIP-Route"))
          .isEqualTo("\"b:m\";reason=selector;attempt=2");
      assertThat(exchange.headers().first("X-LIP-Fidelity"))
          .contains("of the second")
          .doesNotContain("of the first");
    }
    assertThat(world.gateway.fidelity())
        .singleElement()
        .satisfies(view -> assertThat(view.backend()).isEqualTo("b"));
  }

  @Test
  void anErrorNamesWhoWasTriedLast() {
    world.publish(
        live(
            "a",
            new Fake(_ -> {
              throw new UpstreamFailure(Failure.of(FailureClass.UPSTREAM, "no"));
            }),
            0));
    try (PinnedExchange exchange = world.admit(ALL)) {
      assertThatExceptionOfType(CallFailed.class)
          .isThrownBy(() -> exchange.calls().open(call("a:m")));
      assertThat(exchange.headers().first("X-LIP-Route"))
          .isEqualTo("\"a:m\";reason=model_prefix;attempt=1");
    }
  }

  @Test
  void bothSidesAreInOneLineAndInTheTotals() throws Exception {
    world.publish(live("a", new Fake(LOSES_SEED), 0));
    try (LogLines log = new LogLines(Account.class.getName(), Level.DEBUG)) {
      for (int i = 0; i < 2; i++) {
        try (PinnedExchange exchange = world.admit();
            Answer answer = exchange.calls().open(call("m"))) {
          all(answer);
          answer.fidelity().report(Deviation.lostInAnswer("citations", "no form"));
          answer.fidelity().report(Deviation.mappedInAnswer("finish", "stop", "no word"));
        }
      }
      assertThat(log.lines())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("not passed unchanged: call=t1 bleg=b_")
          .endsWith(
              " frontend=front backend=a model=m lost=2 mapped=1: lost request seed (no such field"
                  + " there), lost answer citations (no form), mapped answer finish -> stop (no"
                  + " word)");
    }
    FidelityView view = world.gateway.fidelity().getFirst();
    assertThat(view.frontend()).isEqualTo("front");
    assertThat(view.requests()).isEqualTo(2);
    assertThat(view.lost()).isEqualTo(4);
    assertThat(view.mapped()).isEqualTo(2);
    assertThat(view.lastLost()).containsExactly("citations", "seed");
  }

  @Test
  void whatIsLostInEachRequestIsALineOnce() throws Exception {
    List<String> fields = new ArrayList<>(List.of("cache_control"));
    Script loses =
        attempt -> {
          fields.forEach(field -> attempt.fidelity().lost(field, "because"));
          return Steps.of(WHOLE);
        };
    world.publish(live("a", new Fake(loses), 0), live("b", new Fake(loses), 0));
    try (LogLines log = new LogLines(Account.class.getName())) {
      ask(Headers.NONE, "a:m");
      ask(Headers.NONE, "a:m");
      assertThat(log.lines()).hasSize(1);
      ask(Headers.NONE, "b:m");
      assertThat(log.lines()).as("each backend for itself").hasSize(2);
      fields.add("seed");
      ask(Headers.NONE, "a:m");
      ask(Headers.NONE, "a:m");
      assertThat(log.lines()).as("what is new is said, with what is lost beside it").hasSize(3);
      assertThat(log.lines().getLast()).contains("cache_control", "seed");
    }
    assertThat(world.gateway.fidelity().getFirst().lost()).as("all are counted").isEqualTo(6);
    assertThat(ask(ALL, "a:m").first("X-LIP-Fidelity")).contains("cache_control", "seed");
  }

  @Test
  void whatPassesIsNotMentioned() throws Exception {
    world.publish(live("a", new Fake(_ -> Steps.of(WHOLE)), 0));
    try (LogLines log = new LogLines(Account.class.getName(), Level.DEBUG)) {
      assertThat(ask(ALL, "m").first("X-LIP-Fidelity")).isEqualTo("total;lost=0;mapped=0");
      assertThat(log.lines()).isEmpty();
    }
    assertThat(world.gateway.fidelity()).isEmpty();
  }

  @Test
  void mappingsAloneAreALineAtDebugOnly() throws Exception {
    world.publish(
        live(
            "a",
            new Fake(attempt -> {
              attempt.fidelity().mapped("stop", "stop_sequences", "its name");
              return Steps.of(WHOLE);
            }),
            0));
    try (LogLines log = new LogLines(Account.class.getName(), Level.DEBUG)) {
      ask(Headers.NONE, "m");
      assertThat(log.lines()).hasSize(1);
    }
    try (LogLines log = new LogLines(Account.class.getName())) {
      ask(Headers.NONE, "m");
      assertThat(log.lines()).isEmpty();
    }
    assertThat(world.gateway.fidelity().getFirst().mapped()).isEqualTo(2);
  }

  @Test
  void aBackendThatOnlyWarnsIsHeard() throws Exception {
    Event lost = new Event.Warning("lost", "the odd field");
    Event other = new Event.Warning("careful", "with that");
    world.publish(
        live("a", new Fake(_ -> Steps.of(START, lost, other, MESSAGE, text("x"), END)), 0));
    ask(Headers.NONE, "m");
    assertThat(world.gateway.fidelity().getFirst().lastLost()).containsExactly("the odd field");
  }

  @Test
  void tenThousandLossesOfManyThreadsAreOneBoundedLine() throws Exception {
    world.publish(
        live(
            "a",
            new Fake(attempt -> {
              CountDownLatch done = new CountDownLatch(4);
              for (int t = 0; t < 4; t++) {
                int thread = t;
                Thread.ofVirtual()
                    .start(() -> {
                      for (int i = 0; i < 2_500; i++) {
                        attempt.fidelity().lost("f" + thread + "-" + i + "x".repeat(500), "why");
                      }
                      done.countDown();
                    });
              }
              World.await(done);
              return Steps.of(WHOLE);
            }),
            0));
    try (LogLines log = new LogLines(Account.class.getName())) {
      Headers told = ask(ALL, "m");
      assertThat(told.first("X-LIP-Fidelity"))
          .startsWith("total;lost=10000;mapped=0, ")
          .hasSizeLessThanOrEqualTo(2_048);
      assertThat(log.lines()).singleElement().asString().hasSizeLessThan(2_500);
    }
    assertThat(world.gateway.fidelity().getFirst().lost()).isEqualTo(10_000);
  }

  @Test
  void afterTheEndNothingIsSaidAndNothingCounted() throws Exception {
    world.publish(live("a", new Fake(_ -> Steps.of(WHOLE)), 0));
    PinnedExchange exchange = world.admit(ALL);
    Answer answer = exchange.calls().open(call("m"));
    exchange.close();
    answer.fidelity().report(Deviation.lostInAnswer("late", "because"));
    exchange.close();
    assertThat(exchange.headers().fields()).isEmpty();
    assertThat(world.gateway.fidelity()).isEmpty();
  }

  @Test
  void eachCallOfAnExchangeIsCounted() throws Exception {
    world.publish(live("a", new Fake(LOSES_SEED), 0));
    try (PinnedExchange exchange = world.admit()) {
      exchange.calls().open(call("m")).close();
      exchange.calls().open(call("m")).close();
    }
    assertThat(world.gateway.fidelity().getFirst().requests()).isEqualTo(2);
  }
}
