package lip.core.pipeline;

import static lip.core.pipeline.Handlers.call;
import static lip.core.pipeline.Handlers.live;
import static lip.core.pipeline.Handlers.scope;
import static lip.sdk.feature.FailurePolicy.FAIL_CLOSED;
import static lip.sdk.feature.FailurePolicy.FAIL_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.event.EventStream;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.Rejected;
import lip.core.pipeline.CallPipeline.Answered;
import lip.core.routing.Candidate;
import lip.core.snapshot.LiveHandler;
import lip.core.snapshot.Stages;
import lip.sdk.feature.Admission;
import lip.sdk.feature.Admission.Decision;
import lip.sdk.feature.AttemptStage;
import lip.sdk.feature.CallStage;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.RouteHint;
import lip.sdk.feature.StageId;
import org.junit.jupiter.api.Test;

class CallPipelineTest {
  private final CallPipeline pipeline = new CallPipeline(new Blame(Handlers.CLOCK));

  private static LiveHandler<CallStage> stage(FailurePolicy policy, CallStage handler) {
    return live(StageId.SUBMIT_REQUEST, policy, handler);
  }

  private static CallStage model(String suffix) {
    return (call, _) ->
        call.toBuilder().model((call.model() == null ? "" : call.model()) + suffix).build();
  }

  private static Failure rejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable run) {
    return catchThrowableOfType(Rejected.class, run).failure();
  }

  @Test
  void handlersRunInOrderOnCopies() throws Rejected {
    Call before = call();
    Stages stages = Handlers.calls(stage(FAIL_OPEN, model("a")), stage(FAIL_OPEN, model("b")));
    assertThat(pipeline.onCall(stages, before, scope()).model()).isEqualTo("ab");
    assertThat(before.model()).isNull();
  }

  @Test
  void failingOpenHandlerLeavesNothingBehind() throws Rejected {
    List<CallStage> broken =
        List.of(
            (_, _) -> {
              throw new IllegalStateException("bug");
            },
            (_, _) -> {
              throw new NoClassDefFoundError("gone");
            },
            (_, _) -> null,
            (_, _) -> Call.builder("another", new Dialect("x")).messages(call().messages()).build(),
            (call, _) -> call.toBuilder().messages(List.of()).build());
    for (CallStage handler : broken) {
      LiveHandler<CallStage> bad = stage(FAIL_OPEN, handler);
      Stages stages =
          Handlers.calls(stage(FAIL_OPEN, model("a")), bad, stage(FAIL_OPEN, model("b")));
      assertThat(pipeline.onCall(stages, call(), scope()).model()).isEqualTo("ab");
      assertThat(bad.entry().errors()).isEqualTo(1);
      assertThat(bad.entry().calls()).isEqualTo(1);
    }
  }

  @Test
  void failingClosedHandlerEndsTheRequestWithoutDetail() {
    Stages stages =
        Handlers.calls(
            stage(
                FAIL_CLOSED,
                (_, _) -> {
                  throw new IllegalStateException("secret");
                }));
    Failure failure = rejected(() -> pipeline.onCall(stages, call(), scope()));
    assertThat(failure.kind()).isEqualTo(FailureClass.INTERNAL);
    assertThat(failure.message()).isEqualTo("internal error");
  }

  @Test
  void rejectionReachesTheClientAndIsNoError() {
    LiveHandler<CallStage> handler =
        stage(
            FAIL_OPEN,
            (_, _) -> {
              throw new Rejected(Failure.of(FailureClass.FORBIDDEN, "no"));
            });
    assertThat(rejected(() -> pipeline.onCall(Handlers.calls(handler), call(), scope())).message())
        .isEqualTo("no");
    assertThat(handler.entry().errors()).isZero();
  }

  @Test
  void revokedHandlerIsSkippedOrEndsTheRequest() throws Rejected {
    LiveHandler<CallStage> open = stage(FAIL_OPEN, model("a"));
    LiveHandler<CallStage> closed = stage(FAIL_CLOSED, model("a"));
    open.entry().revoke();
    closed.entry().revoke();
    assertThat(pipeline.onCall(Handlers.calls(open), call(), scope()).model()).isNull();
    assertThat(rejected(() -> pipeline.onCall(Handlers.calls(closed), call(), scope())).kind())
        .isEqualTo(FailureClass.UNAVAILABLE);
  }

  private static LiveHandler<Admission> admission(FailurePolicy policy, Admission handler) {
    return live(StageId.PRE_REQUEST_ADMISSION, policy, handler);
  }

  @Test
  void firstDenialOrAnswerDecides() throws Rejected {
    EventStream events =
        new EventStream() {
          @Override
          public lip.api.event.Event next() {
            return null;
          }

          @Override
          public void close() {}
        };
    LiveHandler<Admission> allow = admission(FAIL_CLOSED, (_, _) -> new Decision.Allow());
    LiveHandler<Admission> answer = admission(FAIL_CLOSED, (_, _) -> new Decision.Answer(events));
    LiveHandler<Admission> deny =
        admission(
            FAIL_CLOSED, (_, _) -> new Decision.Deny(Failure.of(FailureClass.FORBIDDEN, "denied")));
    assertThat(pipeline.admit(Handlers.admissions(allow, answer, deny), call(), scope()))
        .isEqualTo(new Answered(events, answer.entry()));
    assertThat(
            rejected(
                    () -> pipeline.admit(Handlers.admissions(allow, deny, answer), call(), scope()))
                .message())
        .isEqualTo("denied");
    assertThat(pipeline.admit(Handlers.admissions(allow), call(), scope())).isNull();
  }

  @Test
  void contradictoryAdmissionIsAFailureOfTheHandler() throws Rejected {
    for (Decision decision :
        new Decision[] {null, new Decision.Deny(null), new Decision.Answer(null)}) {
      LiveHandler<Admission> open = admission(FAIL_OPEN, (_, _) -> decision);
      LiveHandler<Admission> closed = admission(FAIL_CLOSED, (_, _) -> decision);
      assertThat(pipeline.admit(Handlers.admissions(open), call(), scope())).isNull();
      assertThat(open.entry().errors()).isEqualTo(1);
      assertThat(
              rejected(() -> pipeline.admit(Handlers.admissions(closed), call(), scope())).kind())
          .isEqualTo(FailureClass.INTERNAL);
    }
  }

  @Test
  void hintsReorderAndNeverAdd() {
    Candidate a = new Candidate("a", "m", Candidate.Reason.SELECTOR);
    Candidate b = new Candidate("b", "m", Candidate.Reason.SELECTOR);
    Candidate c = new Candidate("c", "m", Candidate.Reason.SELECTOR);
    LiveHandler<RouteHint> broken =
        live(StageId.ROUTE_HINTING, FAIL_OPEN, (_, _) -> List.of("a", null));
    LiveHandler<RouteHint> hint =
        live(StageId.ROUTE_HINTING, FAIL_OPEN, (_, _) -> List.of("x", "c", "b"));
    assertThat(pipeline.reorder(Handlers.hints(broken, hint), List.of(a, b, c), call(), scope()))
        .containsExactly(c, b, a);
    assertThat(broken.entry().errors()).isEqualTo(1);
  }

  @Test
  void attemptStagesWorkOnTheCopyAndMayNotChangeItsModel() throws Exception {
    Call copy = call().toBuilder().model("m").build();
    LiveHandler<AttemptStage> bad =
        live(
            StageId.ATTEMPT_LIFECYCLE,
            FAIL_OPEN,
            (call, _) -> call.toBuilder().model("other").build());
    LiveHandler<AttemptStage> good =
        live(
            StageId.ATTEMPT_LIFECYCLE,
            FAIL_OPEN,
            (call, context) ->
                call.toBuilder().betas(List.of(context.bLegId(), context.backendId())).build());
    Call seen = pipeline.onAttempt(Handlers.attempts(bad, good), copy, Handlers.attempt());
    assertThat(seen.model()).isEqualTo("m");
    assertThat(seen.betas()).containsExactly("b_1", "stub");
    assertThat(bad.entry().errors()).isEqualTo(1);
    LiveHandler<AttemptStage> closed = live(StageId.ATTEMPT_LIFECYCLE, FAIL_CLOSED, (_, _) -> null);
    assertThat(
            catchThrowableOfType(
                    CallPipeline.Closed.class,
                    () -> pipeline.onAttempt(Handlers.attempts(closed), copy, Handlers.attempt()))
                .refusal()
                .failure()
                .kind())
        .isEqualTo(FailureClass.INTERNAL);
  }

  @Test
  void everyFailureCounts() {
    List<Throwable> errors = new ArrayList<>();
    Blame blame = new Blame(Handlers.CLOCK);
    var entry = Handlers.feature("f");
    for (int i = 0; i < 5; i++) {
      errors.add(new IllegalStateException("bug"));
      blame.on(entry, "stage", "t", errors.getLast());
    }
    assertThat(entry.errors()).isEqualTo(5);
  }
}
