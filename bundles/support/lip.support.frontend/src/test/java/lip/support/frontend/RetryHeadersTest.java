package lip.support.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.http.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryHeadersTest {
  @ParameterizedTest
  @CsvSource({"PT2.5S,3,2500", "PT0S,0,0", "PT-1S,0,0", "PT0.001S,1,1"})
  void whatTheFailureSays(Duration wait, String seconds, String millis) {
    Failure failure = Failure.builder(FailureClass.INVALID_REQUEST, "no").retryAfter(wait).build();
    Headers headers = RetryHeaders.with(Headers.of("A", "b"), "retry-after", failure);

    assertThat(headers)
        .extracting(Headers::fields)
        .isEqualTo(Headers.of("A", "b", "retry-after", seconds, "retry-after-ms", millis).fields());
  }

  @ParameterizedTest
  @CsvSource({
    "rate_limited,0,1",
    "overloaded,0,1",
    "unavailable,0,1",
    "rate_limited,429,",
    "internal,0,"
  })
  void failuresOfOursThatPass(String kind, int status, String seconds) {
    Failure failure =
        Failure.builder(new FailureClass(kind, 500), "no").upstreamStatus(status).build();

    assertThat(RetryHeaders.with(Headers.NONE, "Retry-After", failure).first("Retry-After"))
        .isEqualTo(seconds);
  }
}
