package lip.core.executor;

import static lip.core.executor.World.END;
import static lip.core.executor.World.MESSAGE;
import static lip.core.executor.World.START;
import static lip.core.executor.World.all;
import static lip.core.executor.World.call;
import static lip.core.executor.World.live;
import static lip.core.executor.World.text;
import static lip.core.pipeline.Handlers.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.Rejected;
import lip.api.failure.UpstreamFailure;
import lip.api.tool.Tool;
import lip.core.executor.World.Fake;
import lip.core.executor.World.Steps;
import lip.core.gateway.PinnedExchange;
import lip.core.pipeline.Handlers;
import lip.core.snapshot.LiveBackend;
import lip.core.snapshot.LiveHandler;
import lip.sdk.backend.ModelInfo;
import lip.sdk.feature.Admission;
import lip.sdk.feature.Admission.Decision;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.RouteHint;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final Event[] WHOLE = {START, MESSAGE, text("hi"), END};

  private final World world = new World();
  private final List<PinnedExchange> open = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    open.forEach(PinnedExchange::close);
    assertThat(world.gateway.openExchanges()).isZero();
    assertThat(world.frontend.leases()).isZero();
    for (LiveBackend backend : world.current.get().backends().values()) {
      assertThat(backend.entry().leases()).isZero();
      assertThat(world.gateway.activeAttempts(backend.id())).isZero();
    }
    world.current.get().features().forEach(f -> assertThat(f.leases()).isZero());
  }

  private PinnedExchange admit() {
    PinnedExchange exchange = world.admit();
    open.add(exchange);
    return exchange;
  }

  private Answer answer(String model) throws CallFailed {
    return admit().calls().open(call(model));
  }

  private Failure failed(String model) {
    return catchThrowableOfType(CallFailed.class, () -> answer(model)).failure();
  }

  private static UpstreamFailure upstream(FailureClass kind, boolean recoverable) {
    return new UpstreamFailure(
        Failure.builder(kind, "the provider says " + kind.id()).recoverable(recoverable).build());
  }

  @Test
  void wholeAnswerComesThroughAsItIs() throws Exception {
    List<String> seen = new ArrayList<>();
    Fake fake =
        new Fake(attempt -> {
          seen.add(attempt.model() + " " + attempt.call().model() + " " + attempt.number());
          assertThat(attempt.bLegId()).matches("b_[0-9a-f]{32}");
          return Steps.of(WHOLE);
        });
    world.publish(live("a", fake, 0));
    Answer answer = answer("a:gpt");
    assertThat(all(answer)).containsExactly(WHOLE);
    assertThat(answer.next()).isNull();
    assertThat(seen).containsExactly("gpt gpt 1");
    assertThat(answer.headers().fields()).isEmpty();
    answer.close();
    assertThat(world.current.get().backends().get("a").entry().leases()).isZero();
  }

  @Test
  void defaultRouteThatReplacesTheModelIsReported() throws Exception {
    world.publish(live("a", new Fake(_ -> Steps.of(WHOLE)), 0)).defaultRoute("a:real");
    try (Answer answer = answer("wished")) {
      assertThat(answer.headers().first("X-LIP-Mapped-Model")).isEqualTo("wished -> a:real");
    }
  }

  @Test
  void sideEventsBeforeTheFirstOutputAreKept() throws Exception {
    Event warning = new Event.Warning("w", "careful");
    world.publish(live("a", new Fake(_ -> Steps.of(START, warning, MESSAGE, text("x"), END)), 0));
    Answer answer = answer("m");
    assertThat(answer.ready()).isTrue();
    assertThat(all(answer)).containsExactly(START, warning, MESSAGE, text("x"), END);
  }

  @Test
  void readyTellsWhatIsThere() throws Exception {
    Steps steps = Steps.thenBlocks(START, MESSAGE, text("a"), text("b"));
    world.publish(live("a", new Fake(_ -> steps), 0));
    Answer answer = answer("m");
    for (int i = 0; i < 3; i++) {
      assertThat(answer.ready()).isTrue();
      answer.next();
    }
    assertThat(answer.ready()).isTrue();
    assertThat(answer.next()).isEqualTo(text("b"));
    assertThat(answer.ready()).isFalse();
    answer.close();
    assertThat(steps.closes).hasValue(1);
  }

  @Test
  void failureBeforeOutputIsThrown() {
    world.publish(
        live(
            "a",
            new Fake(_ -> {
              throw upstream(FailureClass.UPSTREAM_AUTH, false);
            }),
            0));
    assertThat(failed("m").kind()).isEqualTo(FailureClass.UPSTREAM_AUTH);
    world.publish(
        live(
            "a",
            new Fake(
                _ -> Steps.thenThrows(upstream(FailureClass.OVERLOADED, true), START, MESSAGE)),
            0));
    assertThat(failed("m").message()).isEqualTo("the provider says overloaded");
  }

  @Test
  void failureAfterOutputIsTheTerminalEventAndNotRecoverable() throws Exception {
    world.publish(
        live(
            "a",
            new Fake(_ ->
                Steps.thenThrows(
                    upstream(FailureClass.OVERLOADED, true), START, MESSAGE, text("x"))),
            0));
    Answer answer = answer("m");
    List<Event> events = all(answer);
    assertThat(events).hasSize(4);
    Failure failure = ((Event.Failed) events.getLast()).failure();
    assertThat(failure.kind()).isEqualTo(FailureClass.OVERLOADED);
    assertThat(failure.recoverable()).isFalse();
  }

  @Test
  void whateverABackendDoesEndsInOrder() throws Exception {
    List<Steps> broken =
        List.of(
            Steps.of(START, MESSAGE, text("x")),
            Steps.of(START, MESSAGE, text("x"), START, END),
            Steps.thenThrows(new IllegalStateException("secret"), START, MESSAGE, text("x")),
            Steps.thenThrows(new NoClassDefFoundError("gone"), START, MESSAGE, text("x")));
    for (Steps steps : broken) {
      LiveBackend backend = live("a", new Fake(_ -> steps), 0);
      world.publish(backend);
      List<Event> events = all(answer("m"));
      assertThat(events.subList(0, 3)).containsExactly(START, MESSAGE, text("x"));
      Failure failure = ((Event.Failed) events.get(3)).failure();
      assertThat(failure.kind()).isIn(FailureClass.INTERNAL, FailureClass.UPSTREAM);
      assertThat(failure.message()).doesNotContain("secret").doesNotContain("gone");
      assertThat(steps.closes).hasValue(1);
    }
  }

  @Test
  void brokenOpeningIsAnInternalErrorAndBlamed() {
    List<World.Script> broken =
        List.of(
            _ -> null,
            _ -> {
              throw new IllegalStateException("secret");
            },
            _ -> {
              throw new NoClassDefFoundError("gone");
            });
    for (World.Script script : broken) {
      LiveBackend backend = live("a", new Fake(script), 0);
      world.publish(backend);
      Failure failure = failed("m");
      assertThat(failure.kind()).isEqualTo(FailureClass.INTERNAL);
      assertThat(failure.message()).isEqualTo("internal error");
      assertThat(backend.entry().errors()).isEqualTo(1);
    }
  }

  @Test
  void missingCapabilitiesAreNamed() {
    Fake fake = new Fake(_ -> Steps.of(WHOLE));
    fake.can = lip.api.capability.Capabilities.of();
    world.publish(live("a", fake, 0));
    Failure failure =
        catchThrowableOfType(
                CallFailed.class,
                () ->
                    admit()
                        .calls()
                        .open(
                            call("m").toBuilder()
                                .tools(
                                    List.of(
                                        new Tool.Function(
                                            "ls", null, null, null, lip.api.Meta.NONE)))
                                .build()))
            .failure();
    assertThat(failure.kind()).isEqualTo(FailureClass.UNSUPPORTED);
    assertThat(failure.message()).contains("missing: tools");
    assertThat(fake.opened).hasValue(0);
  }

  @Test
  void limitOfABackendHoldsAndIsGivenBack() throws Exception {
    world.publish(live("a", new Fake(_ -> Steps.thenBlocks(WHOLE)), 1));
    Answer first = answer("m");
    Failure failure = failed("m");
    assertThat(failure.kind()).isEqualTo(FailureClass.RATE_LIMITED);
    assertThat(failure.retryAfter()).isNotNull();
    assertThat(failure.recoverable()).isTrue();
    first.close();
    answer("m").close();
  }

  /** Two candidates need a planner that gives two: a hint reorders nothing else. */
  private AttemptAnswer loop(OpenExchange exchange, String... backends) throws CallFailed {
    List<lip.core.routing.Candidate> candidates = new ArrayList<>();
    for (String id : backends) {
      candidates.add(
          new lip.core.routing.Candidate(id, "m", lip.core.routing.Candidate.Reason.SELECTOR));
    }
    return new AttemptLoop(exchange, exchange.snapshot(), call("m"), Handlers.scope())
        .run(candidates, lip.sdk.http.Headers.NONE);
  }

  @Test
  void recoverableFailureBeforeOutputIsInvisible() throws Exception {
    Event early = new Event.ResponseStarted("first", null, 0);
    world.publish(
        live(
            "a",
            new Fake(
                _ -> Steps.thenThrows(upstream(FailureClass.OVERLOADED, true), early, MESSAGE)),
            0),
        live("b", new Fake(_ -> Steps.of(WHOLE)), 0));
    AttemptAnswer answer = loop((OpenExchange) admit(), "a", "b");
    assertThat(all(answer)).containsExactly(WHOLE);
  }

  @Test
  void unrecoverableFailureEndsTheLoopAndAttemptsAreBounded() {
    Fake last = new Fake(_ -> Steps.of(WHOLE));
    world.publish(
        live(
            "a",
            new Fake(_ -> {
              throw upstream(FailureClass.INVALID_REQUEST, false);
            }),
            0),
        live(
            "b",
            new Fake(_ -> {
              throw upstream(FailureClass.OVERLOADED, true);
            }),
            0),
        live("c", last, 0));
    assertThat(
            catchThrowableOfType(CallFailed.class, () -> loop((OpenExchange) admit(), "a", "c"))
                .failure()
                .kind())
        .isEqualTo(FailureClass.INVALID_REQUEST);
    assertThat(
            catchThrowableOfType(
                    CallFailed.class, () -> loop((OpenExchange) admit(), "b", "b", "b", "c"))
                .failure()
                .kind())
        .isEqualTo(FailureClass.OVERLOADED);
    assertThat(last.opened).hasValue(0);
  }

  @Test
  void departedCandidateIsPassedOver() throws Exception {
    world.publish(live("b", new Fake(_ -> Steps.of(WHOLE)), 0));
    assertThat(all(loop((OpenExchange) admit(), "gone", "b"))).containsExactly(WHOLE);
    assertThat(
            catchThrowableOfType(CallFailed.class, () -> loop((OpenExchange) admit(), "gone"))
                .failure()
                .kind())
        .isEqualTo(FailureClass.UNAVAILABLE);
  }

  @Test
  void admissionAnswersWithoutABackend() throws Exception {
    Steps local = Steps.of(WHOLE);
    LiveHandler<Admission> admission =
        live(
            StageId.PRE_REQUEST_ADMISSION,
            FailurePolicy.FAIL_CLOSED,
            (_, _) -> new Decision.Answer(local));
    world.publish(Handlers.admissions(admission));
    Answer answer = answer("m");
    assertThat(all(answer)).containsExactly(WHOLE);
    answer.close();
    assertThat(local.closes).hasValue(1);
  }

  @Test
  void rejectionOfAStageIsTheCallsFailure() {
    world.publish(
        Handlers.calls(
            live(
                StageId.SUBMIT_REQUEST,
                FailurePolicy.FAIL_OPEN,
                (_, _) -> {
                  throw new Rejected(Failure.of(FailureClass.FORBIDDEN, "no"));
                })));
    assertThat(failed("m").message()).isEqualTo("no");
  }

  @Test
  void streamStagesWorkOnTheAnswer() throws Exception {
    LiveHandler<StreamStage> shout =
        live(
            StageId.STREAM_EVENT_MUTATION,
            FailurePolicy.FAIL_OPEN,
            _ -> (event, out) -> out.emit(event instanceof Event.TextDelta ? text("HI") : event));
    world.publish(Handlers.streams(shout), live("a", new Fake(_ -> Steps.of(WHOLE)), 0));
    Answer answer = answer("m");
    assertThat(shout.entry().leases()).isEqualTo(1);
    assertThat(all(answer)).containsExactly(START, MESSAGE, text("HI"), END);
  }

  @Test
  void heldEventsDelayTheCommit() throws Exception {
    LiveHandler<StreamStage> hold =
        live(
            StageId.STREAM_EVENT_MUTATION,
            FailurePolicy.FAIL_OPEN,
            _ -> (event, out) -> out.hold(event));
    world.publish(
        Handlers.streams(hold),
        live(
            "a",
            new Fake(_ ->
                Steps.thenThrows(
                    upstream(FailureClass.OVERLOADED, true), START, MESSAGE, text("x"))),
            0));
    Answer answer = answer("m");
    // What was held is output: it leaves before the failure.
    List<Event> events = all(answer);
    assertThat(events.subList(0, 3)).containsExactly(START, MESSAGE, text("x"));
    assertThat(events.getLast()).isInstanceOf(Event.Failed.class);
  }

  @Test
  void handlerThatCutsTheAnswerClosesTheUpstream() throws Exception {
    Steps steps = Steps.thenBlocks(START, MESSAGE, text("a"));
    LiveHandler<StreamStage> cut =
        live(
            StageId.STREAM_EVENT_MUTATION,
            FailurePolicy.FAIL_OPEN,
            _ ->
                (event, out) -> {
                  out.emit(event);
                  if (event instanceof Event.TextDelta) {
                    out.emit(END);
                  }
                });
    world.publish(Handlers.streams(cut), live("a", new Fake(_ -> steps), 0));
    assertThat(all(answer("m"))).containsExactly(START, MESSAGE, text("a"), END);
    assertThat(steps.closes).hasValue(1);
  }

  @Test
  void brokenInventoryHidesNobodyElses() {
    Fake a = new Fake(_ -> Steps.of(WHOLE));
    a.models = List.of(new ModelInfo("x", null, 0, "a"), new ModelInfo("y", null, 0, "a"));
    Fake b = new Fake(_ -> Steps.of(WHOLE));
    b.models = List.of(new ModelInfo("x", null, 0, "b"), new ModelInfo("z", null, 0, "b"));
    Fake broken = new Fake(_ -> Steps.of(WHOLE));
    broken.models = null;
    LiveBackend bad = live("c", broken, 0);
    world.publish(live("a", a, 0), live("b", b, 0), bad);
    assertThat(admit().calls().models())
        .extracting(ModelInfo::id)
        .containsExactly("x", "y", "z", "a:x", "a:y", "b:x", "b:z");
    assertThat(bad.entry().errors()).isEqualTo(1);
    world.publish(live("a", a, 0));
    assertThat(admit().calls().models()).extracting(ModelInfo::id).containsExactly("x", "y");
  }

  @Test
  void listedModelGoesToItsBackend() throws Exception {
    Fake a = new Fake(_ -> Steps.of(WHOLE));
    Fake b = new Fake(_ -> Steps.of(WHOLE));
    b.models = List.of(new ModelInfo("special", null, 0, "b"));
    world.publish(live("a", a, 0), live("b", b, 0));
    answer("special").close();
    assertThat(b.opened).hasValue(1);
    assertThat(a.opened).hasValue(0);
  }

  @Test
  void unusedHintsCostNothing() throws Exception {
    LiveHandler<RouteHint> hint =
        live(StageId.ROUTE_HINTING, FailurePolicy.FAIL_OPEN, (_, _) -> List.of("a"));
    world.publish(Handlers.hints(hint), live("a", new Fake(_ -> Steps.of(WHOLE)), 0));
    answer("m").close();
    assertThat(hint.entry().calls()).isZero();
  }
}
