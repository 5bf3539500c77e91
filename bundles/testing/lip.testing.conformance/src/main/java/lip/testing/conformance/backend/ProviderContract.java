package lip.testing.conformance.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Environment;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import lip.sdk.backend.Fact;
import lip.sdk.backend.ModelInfo;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSecrets;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.Waiting;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedClock;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The address, the keys and the list of models of a backend with a provider: for kinds that have
 * the settings {@code base.url}, {@code api.keys} and {@code models} and take keys from the
 * environment.
 *
 * @param <S> settings interface
 */
public interface ProviderContract<S> {
  /** The kind, in a world of the test's. */
  BackendKind<S> kind(Upstream upstream, Environment environment);

  /** Address of the provider itself. */
  String home();

  /** The variable of the environment with its first key. */
  String variable();

  /** The body of a streamed answer. */
  String answer();

  /** The body of a refusal with status 429 because nothing is left to spend. */
  String spent();

  /** Path of the request for the list of models, behind the address. */
  String models();

  /**
   * A backend with some settings.
   *
   * @param settings by key
   * @param keys values of its keys, whose references are {@code env:KEY_1}, {@code env:KEY_2} ...
   */
  static <S> Backend backend(BackendKind<S> kind, Map<String, String> settings, String... keys)
      throws InvalidSettings {
    Map<String, String> all = new HashMap<>(settings);
    TestSecrets secrets = new TestSecrets();
    List<String> references = new ArrayList<>();
    for (String key : keys) {
      references.add("env:KEY_" + (references.size() + 1));
      secrets.set(references.getLast(), key);
    }
    if (!references.isEmpty()) {
      all.put("api.keys", String.join(",", references));
    }
    return kind.create(TestInstance.of(kind.id()), TestSettings.of(kind.settings(), all, secrets));
  }

  private Backend backend(Upstream upstream, Map<String, String> settings, String... keys)
      throws InvalidSettings {
    return backend(kind(upstream, _ -> Optional.empty()), settings, keys);
  }

  private Backend keyed(Upstream upstream, String... keys) throws InvalidSettings {
    return backend(upstream, Map.of("base.url", "https://x.test/v1", "models", "m,n"), keys);
  }

  private static void open(Backend backend) throws UpstreamFailure {
    backend.open(new TestAttempt("m", Calls.text("x"))).close();
  }

  private static UpstreamFailure refusal(Backend backend) {
    try {
      open(backend);
      throw new AssertionError("was not refused");
    } catch (UpstreamFailure e) {
      return e;
    }
  }

  /** The key of a request; empty = it has none. */
  private static String key(Request request) {
    String own = request.headers().first("x-api-key");
    String bearer = request.headers().first("Authorization");
    return own != null ? own : bearer == null ? "" : bearer.replace("Bearer ", "");
  }

  private static List<String> keys(FixedUpstream upstream) {
    return upstream.requests().stream().map(ProviderContract::key).toList();
  }

  /** What is no address is named, and what is secret in it is not repeated. */
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
  default void refusesAddressesAndRepeatsNoSecret(String url) {
    assertThatThrownBy(() -> backend(FixedUpstream.stream(answer()), Map.of("base.url", url)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith("base.url")
        .hasMessageNotContaining("secret");
  }

  /** A key in the environment is enough to be there. */
  @Test
  default void livesWithoutAFileWhenTheEnvironmentHasAKey() {
    BackendKind<S> kind = kind(FixedUpstream.stream(answer()), _ -> Optional.empty());
    assertThat(kind.defaults(_ -> Optional.empty())).isEmpty();
    assertThat(kind.defaults(_ -> Optional.of("sk"))).contains(Map.of());
  }

  /** No other server is sent the keys of the environment. */
  @Test
  default void keysOfTheEnvironmentGoOnlyToTheProvider() throws Exception {
    Environment environment =
        name -> name.equals(variable()) ? Optional.of("sk-environment") : Optional.empty();
    FixedUpstream provider = FixedUpstream.stream(answer());
    open(backend(kind(provider, environment), Map.of("base.url", home())));
    assertThat(keys(provider)).containsExactly("sk-environment");

    FixedUpstream other = FixedUpstream.stream(answer());
    open(backend(kind(other, environment), Map.of("base.url", "https://other.test/v1")));
    assertThat(keys(other)).containsExactly("");
  }

  /** The variable and those numbered behind it are a pool, up to the first that is missing. */
  @Test
  default void theProvidersOwnNumberedVariablesAreAPool() throws Exception {
    Map<String, String> variables =
        Map.of(variable(), "one", variable() + "_2", "two", variable() + "_4", "four");
    FixedUpstream upstream = FixedUpstream.status(401, "{}");
    refusal(
        backend(
            kind(upstream, name -> Optional.ofNullable(variables.get(name))),
            Map.of("base.url", home(), "models", "m")));
    assertThat(keys(upstream)).containsExactly("one", "two");
  }

  /** Each key is sent once, all in the first attempt, and then there is none. */
  @Test
  default void aKeyThatWasRefusedIsNotSentAgain() throws Exception {
    FixedUpstream upstream = FixedUpstream.status(401, "{\"error\":{\"message\":\"no\"}}");
    Backend backend = keyed(upstream, "first-key", "second-key");
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(backend).failure().kind()).isEqualTo(FailureClass.UPSTREAM_AUTH);
    }
    assertThat(keys(upstream)).containsExactly("first-key", "second-key");
  }

  /** What is said of the key lets the next one be tried in the same attempt, and later too. */
  @Test
  default void theNextKeyIsTriedInTheSameAttemptAndStays() throws Exception {
    for (FixedUpstream refusing :
        List.of(
            FixedUpstream.status(401, "{}"),
            FixedUpstream.status(429, "{}"),
            FixedUpstream.status(402, "{}"),
            FixedUpstream.status(429, spent()))) {
      FixedUpstream answering = FixedUpstream.stream(answer());
      Backend backend =
          keyed(
              request -> (key(request).equals("key-one") ? refusing : answering).send(request),
              "key-one",
              "key-two");
      open(backend);
      open(backend);
      assertThat(keys(refusing)).containsExactly("key-one");
      assertThat(keys(answering)).containsExactly("key-two", "key-two");
    }
  }

  /** What is not said of the key is not held against it. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 500, 503, 529})
  default void otherAnswersKeepTheKey(int status) throws Exception {
    FixedUpstream upstream = FixedUpstream.status(status, "{}");
    Backend backend = keyed(upstream, "key-one", "key-two");
    refusal(backend);
    refusal(backend);
    assertThat(keys(upstream)).containsExactly("key-one", "key-one");
  }

  /** The list of models is the server's, asked for once and never on the caller's thread. */
  @Test
  default void asksForModelsInTheBackground() throws Exception {
    FixedUpstream upstream =
        FixedUpstream.status(
            200,
            "{\"object\":\"list\",\"data\":[{\"id\":\"a/b\",\"created\":5,\"owned_by\":\"me\"},{\"id\":\"c\"},{\"no\":1}]}");
    BackendKind<S> kind = kind(upstream, _ -> Optional.empty());
    Backend backend = backend(kind, Map.of("base.url", "http://127.0.0.1:1/v1"));
    Waiting.until(() ->
        assertThat(backend.models())
            .containsExactly(
                new ModelInfo("a/b", null, 5, "me"), new ModelInfo("c", null, 0, kind.id())));
    assertThat(upstream.requests()).hasSize(1);
    assertThat(upstream.last().uri()).hasToString("http://127.0.0.1:1/v1" + models());
  }

  /** Unless the models are configured. */
  @Test
  default void configuredModelsAreNotAskedFor() throws Exception {
    FixedUpstream upstream = FixedUpstream.stream("");
    BackendKind<S> kind = kind(upstream, _ -> Optional.empty());
    Backend backend = backend(kind, Map.of("base.url", "http://127.0.0.1:1", "models", "m"));
    assertThat(backend.models()).containsExactly(new ModelInfo("m", null, 0, kind.id()));
    assertThat(upstream.requests()).isEmpty();
  }

  /** Operators see the reference of a refused key, never its value. */
  @Test
  default void aRefusedKeyIsNamedByItsReference() throws Exception {
    String key = "sk-never-to-be-seen";
    Backend backend =
        keyed(FixedUpstream.status(401, "{\"error\":{\"message\":\"wrong: " + key + "\"}}"), key);
    assertThat(backend.facts())
        .containsExactly(
            new Fact("key", "env:KEY_1", "ready"), new Fact("models", "configured", "2"));
    refusal(backend);
    assertThat(backend.facts().getFirst().state()).startsWith("retired since ").endsWith(": 401");
    assertThat(backend.facts().toString()).doesNotContain(key);
  }

  /** Operators see how old the list of models is, and nothing that a server said. */
  @Test
  default void theListOfModelsTellsItsAgeAndNothingThatAServerSaid() throws Exception {
    String key = "sk-never-to-be-seen";
    Map<String, String> asked = Map.of("base.url", "https://x.test/v1");
    Backend refused =
        backend(
            FixedUpstream.status(403, "{\"error\":{\"message\":\"no, " + key + "\"}}"), asked, key);
    assertThat(refused.facts()).contains(new Fact("models", "of the server", "none yet"));
    assertThat(refused.models()).isNotNull();
    Waiting.until(() ->
        assertThat(refused.facts().getLast().state())
            .startsWith("none yet; failed at ")
            .endsWith(": upstream_auth, status 403"));
    assertThat(refused.facts().toString()).doesNotContain(key);

    Backend answered =
        backend(FixedUpstream.status(200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"), asked);
    assertThat(answered.models()).isNotNull();
    Waiting.until(() ->
        assertThat(answered.facts())
            .containsExactly(
                new Fact("models", "of the server", "2, asked at " + FixedClock.START)));
  }
}
