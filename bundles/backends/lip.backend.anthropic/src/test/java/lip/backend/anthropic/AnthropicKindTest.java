package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Environment;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.backend.ModelInfo;
import lip.testing.kit.Calls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicKindTest {
  private static final String ANSWER = MessageStreamTest.text("a");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/v1",
        "host/v1",
        "https:///v1",
        "https://user:secret@host/v1",
        "https://host/v1?key=secret",
        "https://host/v1#x"
      })
  void refusesAddressesAndRepeatsNoSecret(String url) {
    assertThatThrownBy(() -> Backends.of(FakeUpstream.stream(ANSWER), url, List.of(), true))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith("base.url")
        .hasMessageNotContaining("secret");
  }

  @Test
  void livesWithoutAFileWhenTheEnvironmentHasAKey() {
    AnthropicKind kind = new AnthropicKind(FakeUpstream.stream(ANSWER), Backends.NOTHING);
    assertThat(kind.defaults(Backends.NOTHING)).isEmpty();
    assertThat(kind.defaults(_ -> Optional.of("sk"))).contains(Map.of());
  }

  @Test
  void keysOfTheEnvironmentGoOnlyToTheProvider() throws Exception {
    Environment environment =
        name -> name.equals("ANTHROPIC_API_KEY") ? Optional.of("sk-environment") : Optional.empty();
    FakeUpstream provider = FakeUpstream.stream(ANSWER);
    Backends.of(provider, environment, Endpoint.DEFAULT, List.of(), true, List.of())
        .open(new Try("m", Calls.text("x")));
    assertThat(provider.requests.getLast().headers().first("Authorization"))
        .isEqualTo("Bearer sk-environment");

    FakeUpstream other = FakeUpstream.stream(ANSWER);
    Backends.of(other, environment, "https://other.test/v1", List.of(), true, List.of())
        .open(new Try("m", Calls.text("x")));
    assertThat(other.requests.getLast().headers().first("Authorization")).isNull();
  }

  @Test
  void aKeyThatWasRefusedIsNotSentAgain() throws Exception {
    FakeUpstream upstream =
        FakeUpstream.status(
            401,
            "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"no\"}}");
    Backend backend =
        Backends.of(
            upstream,
            "https://x.test/v1",
            List.of(Backends.secret("first-key"), Backends.secret("second-key")),
            true);
    // The second key is tried inside the same attempt.
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> backend.open(new Try("m", Calls.text("x"))))
          .isInstanceOfSatisfying(
              UpstreamFailure.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureClass.UPSTREAM_AUTH));
    }
    assertThat(upstream.requests.stream().map(r -> r.headers().first("Authorization")))
        .containsExactly("Bearer first-key", "Bearer second-key");
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() {
    Backends.dialect = "2024-01-01";
    try {
      assertThatThrownBy(() -> Backends.of(FakeUpstream.stream(ANSWER)))
          .isInstanceOf(InvalidSettings.class)
          .hasMessageStartingWith("dialect");
    } finally {
      Backends.dialect = null;
    }
  }

  @Test
  void asksForModelsInTheBackground() throws Exception {
    FakeUpstream upstream =
        FakeUpstream.status(
            200,
            "{\"object\":\"list\",\"data\":[{\"id\":\"a/b\",\"created\":5,\"owned_by\":\"me\"},{\"id\":\"c\"},{\"no\":1}]}");
    Backend backend = Backends.of(upstream);
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(backend.models())
                .containsExactly(
                    new ModelInfo("a/b", null, 5, "me"), new ModelInfo("c", null, 0, "anthropic")));
    assertThat(upstream.requests).hasSize(1);
    assertThat(upstream.requests.getFirst().uri())
        .hasToString("http://127.0.0.1:1/v1/models?limit=1000");
  }

  @Test
  void configuredModelsAreNotAskedFor() throws Exception {
    FakeUpstream upstream = FakeUpstream.stream("");
    Backend backend =
        Backends.of(
            upstream, Backends.NOTHING, "http://127.0.0.1:1", List.of(), true, List.of("m"));
    assertThat(backend.models()).containsExactly(new ModelInfo("m", null, 0, "anthropic"));
    assertThat(upstream.requests).isEmpty();
  }
}
