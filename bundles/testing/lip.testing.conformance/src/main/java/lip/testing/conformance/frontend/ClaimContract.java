package lip.testing.conformance.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.Frontend;
import org.junit.jupiter.api.Test;

/** What a frontend claims can stand in the route table. */
public interface ClaimContract extends FrontendContract {
  /** Literal segments, names, a name with a verb, and a rest at the end. */
  Pattern PATTERN =
      Pattern.compile("(/([A-Za-z0-9._~:-]+|\\{[a-z]+}(:[A-Za-z0-9]+)?))*(/\\{[a-z]+\\.\\.\\.})?");

  /** Claims are well formed, distinct and always the same. */
  @Test
  default void theClaimsAreWellFormedAndDistinct() throws Exception {
    try (Frontend frontend = frontend()) {
      List<Claim> claims = frontend.claims();
      assertThat(claims).isNotEmpty().doesNotHaveDuplicates().isEqualTo(frontend.claims());
      assertThat(claims)
          .allSatisfy(claim -> {
            assertThat(claim.method()).matches("[A-Z]+");
            assertThat(claim.pattern()).startsWith("/").matches(PATTERN);
          });
    }
  }

  /** The sample requests are claimed. */
  @Test
  default void theSampleRequestsAreClaimed() throws Exception {
    try (Frontend frontend = frontend()) {
      for (SampleRequest request : List.of(streamed(), whole())) {
        assertThat(frontend.claims())
            .anyMatch(claim ->
                claim.method().equals(request.method())
                    && request.path().matches(expression(claim.pattern())));
      }
    }
  }

  private static String expression(String pattern) {
    return pattern.replaceAll("\\{[a-z]+\\.\\.\\.}", ".*").replaceAll("\\{[a-z]+}", "[^/]+");
  }
}
