package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.backend.openai.legacy.profile.Server;
import lip.sdk.Environment;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.backend.ModelInfo;
import lip.testing.kit.Calls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiLegacyKindTest {
  private static final String ANSWER =
      "data:"
          + " {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n";

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
    OpenAiLegacyKind kind = new OpenAiLegacyKind(FakeUpstream.stream(ANSWER), Backends.NOTHING);
    assertThat(kind.defaults(Backends.NOTHING)).isEmpty();
    assertThat(kind.defaults(_ -> Optional.of("sk"))).contains(Map.of());
  }

  @Test
  void keysOfTheEnvironmentGoOnlyToTheProvider() throws Exception {
    Environment environment =
        name -> name.equals("OPENAI_API_KEY") ? Optional.of("sk-environment") : Optional.empty();
    FakeUpstream openAi = FakeUpstream.stream(ANSWER);
    Backends.of(openAi, environment, "https://api.openai.com/v1", List.of(), true, List.of())
        .open(new Try("m", Calls.text("x")));
    assertThat(openAi.requests.getLast().headers().first("Authorization"))
        .isEqualTo("Bearer sk-environment");

    FakeUpstream other = FakeUpstream.stream(ANSWER);
    Backends.of(other, environment, "https://other.test/v1", List.of(), true, List.of())
        .open(new Try("m", Calls.text("x")));
    assertThat(other.requests.getLast().headers().first("Authorization")).isNull();
  }

  @Test
  void aKeyThatWasRefusedIsNotSentAgain() throws Exception {
    FakeUpstream upstream = FakeUpstream.status(401, "{\"error\":{\"message\":\"no\"}}");
    Backend backend =
        Backends.of(
            upstream,
            "https://x.test/v1",
            List.of(Backends.secret("first-key"), Backends.secret("second-key")),
            true);
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
                    new ModelInfo("a/b", null, 5, "me"),
                    new ModelInfo("c", null, 0, "openai-legacy")));
    assertThat(upstream.requests).hasSize(1);
    assertThat(upstream.requests.getFirst().uri()).hasToString("http://127.0.0.1:1/v1/models");
  }

  @Test
  void configuredModelsAreNotAskedFor() throws Exception {
    FakeUpstream upstream = FakeUpstream.stream("");
    Backend backend =
        Backends.of(
            upstream, Backends.NOTHING, "http://127.0.0.1:1", List.of(), true, List.of("m"));
    assertThat(backend.models()).containsExactly(new ModelInfo("m", null, 0, "openai-legacy"));
    assertThat(upstream.requests).isEmpty();
  }

  @Test
  void eachProfileHasItsAddressAndItsVariable() throws Exception {
    Environment environment = name -> Optional.of("key of " + name);
    FakeUpstream upstream = FakeUpstream.stream(ANSWER);
    Backends.of(
            upstream,
            environment,
            null,
            List.of(),
            true,
            List.of("m"),
            Server.OPENROUTER,
            List.of())
        .open(new Try("m", Calls.text("x")));
    assertThat(upstream.requests.getLast().uri())
        .hasToString("https://openrouter.ai/api/v1/chat/completions");
    assertThat(upstream.requests.getLast().headers().first("Authorization"))
        .isEqualTo("Bearer key of OPENROUTER_API_KEY");
  }

  @Test
  void aServerThatNobodyKnowsNeedsAnAddress() {
    assertThatThrownBy(() ->
            Backends.of(
                FakeUpstream.stream(ANSWER),
                Backends.NOTHING,
                null,
                List.of(),
                true,
                List.of("m"),
                Server.COMPATIBLE,
                List.of()))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith("base.url");
  }

  @Test
  void aWrongChangeOfAProfileIsNamed() {
    assertThatThrownBy(() ->
            Backends.of(
                FakeUpstream.stream(ANSWER),
                Backends.NOTHING,
                null,
                List.of(),
                true,
                List.of("m"),
                Server.OLLAMA,
                List.of("sytem = first")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith("profile.changes")
        .hasMessageContaining("sytem");
  }
}
