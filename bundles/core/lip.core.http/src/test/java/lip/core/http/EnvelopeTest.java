package lip.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.frontend.ErrorReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error form for requests that no frontend answers. */
class EnvelopeTest {
  @ParameterizedTest
  @CsvSource({"PT1S,1", "PT0S,0", "PT-5S,0", "PT0.001S,1", "PT2.5S,3", "PT10M,600"})
  void saysWhenToTryAgainInWholeSeconds(Duration wait, String seconds) {
    Failure failure =
        Failure.builder(FailureClass.RATE_LIMITED, "too many").retryAfter(wait).build();

    ErrorReply reply = Envelope.reply(failure);

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers().all("Retry-After")).containsExactly(seconds);
    assertThat(reply.headers().first("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void saysNothingOfItWhenTheFailureDoesNot() {
    ErrorReply reply = Envelope.reply(Failure.of(FailureClass.NOT_FOUND, "no \"such\" path"));

    assertThat(reply.headers().first("Retry-After")).isNull();
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"error\":{\"message\":\"no \\\"such\\\" path\",\"type\":\"not_found\","
                + "\"param\":null,\"code\":\"not_found\"}}");
  }

  @Test
  void whoeverComesTooEarlyOrTooLateMayTryAgainSoon() {
    assertThat(Envelope.absent().status()).isEqualTo(503);
    assertThat(Envelope.absent().headers().all("Retry-After")).containsExactly("1");
  }
}
