package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import lip.api.failure.Failure;
import lip.core.snapshot.Family;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Feature;
import lip.sdk.feature.StageId;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("NullAway") // Plugins are compiled without our checks.
class OfferTest {
  private static final Contribution.OnCall GOOD =
      new Contribution.OnCall(
          StageId.SUBMIT_REQUEST, FailurePolicy.FAIL_OPEN, (call, context) -> call);

  private record Claiming(@Nullable List<Claim> claims) implements Frontend {
    @Override
    public void handle(Exchange exchange, Calls calls) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ErrorReply render(Failure failure) {
      throw new UnsupportedOperationException();
    }
  }

  private static void claims(@Nullable List<Claim> claims) {
    Offer.of(Family.FRONTEND, new Claiming(claims));
  }

  private static void contributes(@Nullable List<Contribution> contributions) {
    Feature feature = () -> contributions;
    Offer.of(Family.FEATURE, feature);
  }

  @Test
  void whatClaimsMayBe() {
    List<Claim> good =
        List.of(
            Claim.of("GET", "/"),
            Claim.of("POST", "/v1/chat/completions"),
            Claim.of("POST", "/v1beta/models/{model}:generateContent"),
            Claim.of("GET", "/files/{rest...}"),
            new Claim("GET", "/v1/models", new Claim.HeaderCondition("x-api-key", "")));
    assertThat(Offer.of(Family.FRONTEND, new Claiming(good)).claims()).isEqualTo(good);
    claims(List.of());
  }

  static Stream<Claim> badClaims() {
    return Stream.of(
        new Claim(null, "/x", null),
        new Claim("", "/x", null),
        new Claim("get", "/x", null),
        new Claim("GET", null, null),
        new Claim("GET", "", null),
        new Claim("GET", "x", null),
        new Claim("GET", "/{", null),
        new Claim("GET", "/}{", null),
        new Claim("GET", "/{}", null),
        new Claim("GET", "/a{b}", null),
        new Claim("GET", "/{a}{b}", null),
        new Claim("GET", "/{rest...}/x", null),
        new Claim("GET", "/" + "x".repeat(5000), null),
        new Claim("GET", "/x", new Claim.HeaderCondition(null, "")),
        new Claim("GET", "/x", new Claim.HeaderCondition("x", null)));
  }

  @ParameterizedTest
  @MethodSource("badClaims")
  void aMalformedClaimNeverReachesTheSnapshot(Claim claim) {
    assertThatThrownBy(() -> claims(List.of(claim))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nullsAndTooManyAndTheWrongTypeAreRefused() {
    assertThatThrownBy(() -> claims(null)).hasMessage("claims are null");
    assertThatThrownBy(() -> claims(Collections.singletonList(null)))
        .hasMessage("null among the claims");
    assertThatThrownBy(() -> contributes(null)).hasMessage("contributions are null");
    assertThatThrownBy(() -> contributes(Arrays.asList(GOOD, null)))
        .hasMessage("null among the contributions");
    assertThatThrownBy(() -> contributes(Collections.nCopies(10_000, GOOD)))
        .hasMessage("10000 contributions; at most 256");
    assertThatThrownBy(() -> Offer.of(Family.BACKEND, null)).hasMessage("create gave nothing");
    assertThatThrownBy(() -> Offer.of(Family.BACKEND, new Claiming(List.of())))
        .hasMessage("create gave no backend");
  }

  static Stream<Contribution> badContributions() {
    return Stream.of(
        new Contribution.OnCall(StageId.SUBMIT_REQUEST, FailurePolicy.FAIL_OPEN, null),
        new Contribution.OnCall(StageId.SUBMIT_REQUEST, null, GOOD.handler()),
        new Contribution.OnCall(null, FailurePolicy.FAIL_OPEN, GOOD.handler()),
        new Contribution.OnCall(
            StageId.TRAFFIC_OBSERVATION, FailurePolicy.FAIL_OPEN, GOOD.handler()),
        new Contribution.OnCall(
            new StageId("mine", FailurePolicy.FAIL_OPEN), FailurePolicy.FAIL_OPEN, GOOD.handler()),
        new Contribution.Admit(FailurePolicy.FAIL_OPEN, null),
        new Contribution.Hint(null),
        new Contribution.OnAttempt(FailurePolicy.FAIL_OPEN, null),
        new Contribution.OnStream(StageId.SUBMIT_REQUEST, FailurePolicy.FAIL_OPEN, _ -> null));
  }

  @ParameterizedTest
  @MethodSource("badContributions")
  void aContributionThatLacksSomethingNeverReachesTheSnapshot(Contribution contribution) {
    assertThatThrownBy(() -> contributes(List.of(contribution)))
        .isInstanceOf(IllegalStateException.class);
  }
}
