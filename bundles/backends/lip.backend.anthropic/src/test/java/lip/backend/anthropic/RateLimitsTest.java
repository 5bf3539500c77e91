package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lip.api.Dialect;
import lip.api.failure.UpstreamFailure;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.backend.RateLimit;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;

/** From the provider's head to that of a client of this and of another protocol. */
class RateLimitsTest {
  private static final Instant NOW = TestInstance.of("anthropic").clock().instant();
  private static final String[] FIELDS = {
    "anthropic-ratelimit-requests-limit", "1000",
    "anthropic-ratelimit-requests-remaining", "999",
    "anthropic-ratelimit-requests-reset", NOW.plusSeconds(90).toString(),
    "anthropic-ratelimit-tokens-limit", "80000",
    "anthropic-ratelimit-tokens-remaining", "nonsense",
    "Anthropic-RateLimit-Unified-Status", "allowed",
    "anthropic-ratelimit-echo", "Bearer sk-ant-secret-secret",
    "anthropic-organization-id", "org-of-the-operator",
    "request-id", "req_1",
    "set-cookie", "a=b"
  };

  private final Frontend own =
      new lip.frontend.anthropic.AnthropicKind()
          .create(TestInstance.of("anthropic"), new lip.frontend.anthropic.AnthropicSettings() {});
  private final Frontend chat =
      new lip.frontend.openai.legacy.OpenAiLegacyKind()
          .create(
              TestInstance.of("anthropic"),
              new lip.frontend.openai.legacy.OpenAiLegacySettings() {});

  @Test
  void theOwnDialectGetsThemAsTheyAre() throws Exception {
    Headers told = own.headers(notes(), NOW);
    assertThat(told.fields())
        .extracting(Headers.Field::name)
        .containsExactly(
            "anthropic-ratelimit-requests-limit",
            "anthropic-ratelimit-requests-remaining",
            "anthropic-ratelimit-requests-reset",
            "anthropic-ratelimit-tokens-limit",
            "anthropic-ratelimit-tokens-remaining",
            "Anthropic-RateLimit-Unified-Status");
    assertThat(told.first("anthropic-ratelimit-requests-reset"))
        .isEqualTo(NOW.plusSeconds(90).toString());
    assertThat(notes().requestId()).isEqualTo("req_1");
  }

  @Test
  void chatClientsGetThemInTheirWords() throws Exception {
    assertThat(chat.headers(notes(), NOW).fields())
        .containsExactlyInAnyOrder(
            new Headers.Field("x-ratelimit-limit-requests", "1000"),
            new Headers.Field("x-ratelimit-remaining-requests", "999"),
            new Headers.Field("x-ratelimit-reset-requests", "1m30s"),
            new Headers.Field("x-ratelimit-limit-tokens", "80000"));
  }

  @Test
  void thoseOfAChatServerComeInTheWordsOfThisProtocol() {
    ProviderNotes notes =
        new ProviderNotes(
            Dialect.OPENAI_CHAT,
            null,
            Headers.of("x-ratelimit-limit-tokens", "5"),
            List.of(
                new RateLimit("tokens", 5L, 0L, Duration.ofMillis(1200)),
                new RateLimit("images", 5L, 0L, null)));
    assertThat(own.headers(notes, Instant.parse("2026-01-02T03:04:05Z")).fields())
        .containsExactlyInAnyOrder(
            new Headers.Field("anthropic-ratelimit-tokens-limit", "5"),
            new Headers.Field("anthropic-ratelimit-tokens-remaining", "0"),
            new Headers.Field("anthropic-ratelimit-tokens-reset", "2026-01-02T03:04:07Z"));
  }

  @Test
  void aRefusalTellsThemToo() throws Exception {
    TestAttempt attempt = new TestAttempt("m", Calls.text("x"));
    FixedUpstream upstream = FixedUpstream.status(429, "{}", FIELDS);
    assertThatThrownBy(() -> Backends.of(upstream).open(attempt))
        .isInstanceOf(UpstreamFailure.class);
    assertThat(attempt.told()).hasSize(1);
  }

  private static ProviderNotes notes() throws Exception {
    TestAttempt attempt = new TestAttempt("m", Calls.text("x"));
    String[] fields = new String[FIELDS.length + 2];
    System.arraycopy(FIELDS, 0, fields, 0, FIELDS.length);
    fields[FIELDS.length] = "Content-Type";
    fields[FIELDS.length + 1] = "text/event-stream";
    Backends.of(FixedUpstream.status(200, MessageStreamTest.text("a"), fields)).open(attempt);
    return attempt.told().getFirst();
  }
}
