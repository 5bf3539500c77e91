package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lip.api.failure.UpstreamFailure;
import lip.sdk.backend.Backend;
import lip.sdk.backend.Fact;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What operators see of an instance. */
class FactsTest {
  private static final String KEY = "sk-never-to-be-seen";

  @Test
  void aRefusedKeyIsNamedByItsReference() throws Exception {
    FakeUpstream upstream =
        FakeUpstream.status(401, "{\"error\":{\"message\":\"wrong: " + KEY + "\"}}");
    Backend backend =
        Backends.of(
            upstream,
            Backends.NOTHING,
            "https://x.test/v1",
            List.of(Backends.secret(KEY)),
            true,
            List.of("m", "n"));
    assertThat(backend.facts())
        .containsExactly(
            new Fact("key", "env:KEY", "ready"), new Fact("models", "configured", "2"));
    assertThatThrownBy(() -> backend.open(new Try("m", Calls.text("x"))))
        .isInstanceOf(UpstreamFailure.class);
    assertThat(backend.facts().getFirst().state()).startsWith("retired since ").endsWith(": 401");
    assertThat(backend.facts().toString()).doesNotContain(KEY);
  }

  @Test
  void theListOfModelsTellsItsAgeAndNothingThatAServerSaid() throws Exception {
    FakeUpstream refusing =
        FakeUpstream.status(403, "{\"error\":{\"message\":\"no, " + KEY + "\"}}");
    Backend backend =
        Backends.of(refusing, "https://x.test/v1", List.of(Backends.secret(KEY)), true);
    assertThat(backend.facts()).contains(new Fact("models", "of the server", "none yet"));
    assertThat(backend.models()).isNotNull();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(backend.facts().getLast().state())
                .startsWith("none yet; failed at ")
                .endsWith(": upstream_auth, status 403"));
    assertThat(backend.facts().toString()).doesNotContain(KEY);

    Backend answered =
        Backends.of(FakeUpstream.status(200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"));
    assertThat(answered.models()).isNotNull();
    String now = new FixedClock().instant().toString();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(answered.facts())
                .containsExactly(new Fact("models", "of the server", "2, asked at " + now)));
  }
}
