package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lip.api.Dialect;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.backend.RateLimit;
import lip.sdk.http.Headers;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {
  @Test
  void theHeadIsTold() throws Exception {
    ProviderNotes notes =
        told(
            "x-ratelimit-limit-requests", "60",
            "x-ratelimit-remaining-requests", "59",
            "x-ratelimit-reset-requests", "1s",
            "x-ratelimit-remaining-tokens", "-3",
            "openai-organization", "operator",
            "x-request-id", "req-9");
    assertThat(notes.dialect()).isEqualTo(Dialect.OPENAI_CHAT);
    assertThat(notes.requestId()).isEqualTo("req-9");
    assertThat(notes.fields().fields())
        .extracting(Headers.Field::name)
        .containsExactly(
            "x-ratelimit-limit-requests",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-requests",
            "x-ratelimit-remaining-tokens");
    assertThat(notes.limits())
        .isEqualTo(List.of(new RateLimit("requests", 60L, 59L, Duration.ofSeconds(1))));
  }

  @ParameterizedTest
  @CsvSource({
    "6m0s,360000",
    "12ms,12",
    "1.5s,1500",
    "1h2m3s,3723000",
    "2d1h,176400000",
    "7,7000",
    "500ms,500"
  })
  void readsDurations(String text, long millis) throws Exception {
    assertThat(told("x-ratelimit-reset-tokens", text).limits().getFirst().reset())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"soon", "-5s", "1e9", "99999999999999999999s"})
  void whatIsNoDurationIsNone(String text) throws Exception {
    assertThat(told("x-ratelimit-reset-tokens", text).limits()).isEmpty();
  }

  @Test
  void aHeadWithoutAnyIsNotTold() throws Exception {
    TestAttempt attempt = new TestAttempt("m", Calls.text("x"));
    Backends.of(FixedUpstream.stream(Backends.ANSWER)).open(attempt);
    assertThat(attempt.told()).isEmpty();
  }

  private static ProviderNotes told(String... fields) throws Exception {
    TestAttempt attempt = new TestAttempt("m", Calls.text("x"));
    String[] all = new String[fields.length + 2];
    System.arraycopy(fields, 0, all, 0, fields.length);
    all[fields.length] = "Content-Type";
    all[fields.length + 1] = "text/event-stream";
    Backends.of(FixedUpstream.status(200, Backends.ANSWER, all)).open(attempt);
    return attempt.told().getFirst();
  }
}
