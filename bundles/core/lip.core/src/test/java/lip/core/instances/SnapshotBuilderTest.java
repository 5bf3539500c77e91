package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.core.snapshot.Family;
import lip.core.snapshot.LiveHandler;
import lip.core.snapshot.RouteTable.Match;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.StageId;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.Claim.HeaderCondition;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.Test;

class SnapshotBuilderTest {
  private static Edition build(List<Live> byAge) {
    return SnapshotBuilder.build(1, Lives.BORN, byAge, null);
  }

  private static Contribution call(StageId stage) {
    return new Contribution.OnCall(stage, FailurePolicy.FAIL_OPEN, (call, _) -> call);
  }

  private static Contribution stream(StageId stage) {
    return new Contribution.OnStream(stage, FailurePolicy.FAIL_OPEN, _ -> null);
  }

  private static Live feature(String kind, String id, int order, Contribution... contributions) {
    return Lives.feature(Lives.source(Family.FEATURE, kind, 1), id, order, contributions);
  }

  private static List<String> ids(List<? extends LiveHandler<?>> handlers) {
    return handlers.stream().map(handler -> handler.entry().id()).toList();
  }

  @Test
  void handlersRunByStageThenOrderKindAndId() {
    List<Live> lives =
        List.of(
            feature("b", "b2", 10, call(StageId.SUBMIT_REQUEST)),
            feature("b", "b1", 10, call(StageId.SUBMIT_REQUEST)),
            feature("a", "z", 10, call(StageId.SUBMIT_REQUEST), call(StageId.SECRET_GUARD)),
            feature("z", "first", 1, call(StageId.REQUEST_WIDE_SHAPING)),
            feature("z", "early", 2, call(StageId.SUBMIT_REQUEST)),
            feature("s", "late", 9, stream(StageId.STREAM_EVENT_MUTATION)),
            feature("s", "tool", 99, stream(StageId.TOOL_EVENT_REACTION)),
            feature("idle", "idle", 1));
    for (List<Live> byAge : List.of(lives, lives.reversed())) {
      var snapshot = build(byAge).snapshot();
      assertThat(ids(snapshot.stages().onCall()))
          .containsExactly("z", "early", "z", "b1", "b2", "first");
      assertThat(snapshot.stages().onCall().getFirst().stage()).isEqualTo(StageId.SECRET_GUARD);
      assertThat(ids(snapshot.stages().onStream())).containsExactly("tool", "late");
      assertThat(snapshot.features())
          .as("a feature without a handler is not leased")
          .extracting(entry -> entry.id())
          .doesNotContain("idle")
          .hasSize(7);
    }
  }

  @Test
  void backendsAreInOrderThenTheKnownKindsThenOthersThenTheStub() {
    List<Live> lives = new ArrayList<>();
    for (String kind : List.of("local-stub", "own", "gemini", "anthropic", "openai-responses")) {
      lives.add(Lives.backend(Lives.source(Family.BACKEND, kind, 1), kind, 1000));
    }
    lives.add(Lives.backend(Lives.source(Family.BACKEND, "own", 1), "cheap", 1));
    assertThat(build(lives).snapshot().backends().keySet())
        .containsExactly("cheap", "openai-responses", "anthropic", "gemini", "own", "local-stub");
  }

  private static Live frontend(String id, Claim... claims) {
    return Lives.frontend(Lives.source(Family.FRONTEND, id, 1), id, claims);
  }

  private static String answers(Edition built, String method, String path) {
    return built.snapshot().routes().match(method, path, Headers.NONE)
            instanceof Match.Found(var frontend, _)
        ? frontend.id()
        : "nobody";
  }

  @Test
  void theOlderClaimOfARouteStays() {
    Live older = frontend("older", Claim.of("POST", "/v1/models/{model}"));
    Live younger =
        frontend(
            "younger", Claim.of("POST", "/v1/models/{name}"), Claim.of("GET", "/v1/models/{id}"));
    Edition built = build(List.of(older, younger));
    assertThat(answers(built, "POST", "/v1/models/x")).isEqualTo("older");
    assertThat(answers(built, "GET", "/v1/models/x")).isEqualTo("younger");
    assertThat(built.claimProblems())
        .isEqualTo(
            Map.of(
                younger.key(), "POST /v1/models/{name} is claimed by " + older.key() + " already"));
    assertThat(answers(build(List.of(younger, older)), "POST", "/v1/models/x"))
        .isEqualTo("younger");
  }

  @Test
  void aClaimWithAConditionDoesNotClash() {
    Claim conditioned =
        new Claim("GET", "/v1/models", new HeaderCondition("anthropic-version", ""));
    Edition built =
        build(List.of(frontend("a", Claim.of("GET", "/v1/models")), frontend("b", conditioned)));
    assertThat(built.claimProblems()).isEmpty();
    assertThat(Optional.of(built.snapshot().routes().routes().size())).contains(2);
  }
}
