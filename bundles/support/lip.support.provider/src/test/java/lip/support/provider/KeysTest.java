package lip.support.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.backend.Fact;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import lip.testing.kit.FixedClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
  private final FixedClock clock = new FixedClock();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<@Nullable String> used = new ArrayList<>();

  private final Secret.Source source =
      new Secret.Source() {
        @Override
        public String reveal(String reference) throws SecretUnavailable {
          String value = values.get(reference);
          if (value == null) {
            throw new SecretUnavailable(reference + " is not set");
          }
          return value;
        }

        @Override
        public long version(String reference) {
          return versions.getOrDefault(reference, 1L);
        }
      };

  private Keys keys(String... names) {
    List<Secret> secrets = new ArrayList<>();
    for (String name : names) {
      values.put("env:" + name, "value of " + name);
      secrets.add(new Secret("env:" + name, source));
    }
    return new Keys(secrets, clock);
  }

  /** A use that fails for some keys; notes which were tried. */
  private String use(Keys keys, Map<String, Failure> failing) throws UpstreamFailure {
    used.clear();
    return keys.use(key -> {
      String value = key == null ? null : key.value();
      used.add(value);
      Failure failure = failing.get(String.valueOf(value));
      if (failure != null) {
        throw new UpstreamFailure(failure);
      }
      return String.valueOf(value);
    });
  }

  private static Failure failure(FailureClass kind, int status, @Nullable Duration wait) {
    return Failure.builder(kind, "no").upstreamStatus(status).retryAfter(wait).build();
  }

  private static final Failure REFUSED = failure(FailureClass.UPSTREAM_AUTH, 401, null);

  @Test
  void theFirstUsableKeyIsSentAgainAndAgain() throws Exception {
    Keys keys = keys("A", "B");
    assertThat(use(keys, Map.of())).isEqualTo("value of A");
    assertThat(use(keys, Map.of())).isEqualTo("value of A");
  }

  @Test
  void aRefusedKeyRestsUntilItsValueChanges() throws Exception {
    Keys keys = keys("A", "B");
    assertThat(use(keys, Map.of("value of A", REFUSED))).isEqualTo("value of B");
    assertThat(used).containsExactly("value of A", "value of B");
    clock.advance(Duration.ofDays(365));
    assertThat(use(keys, Map.of())).isEqualTo("value of B");
    assertThat(used).containsExactly("value of B");
    versions.put("env:A", 2L);
    values.put("env:A", "new");
    assertThat(use(keys, Map.of())).isEqualTo("new");
  }

  @ParameterizedTest
  @CsvSource({"rate_limited,429,20,20", "rate_limited,429,,60", "quota,429,,900", "quota,402,,900"})
  void aLimitedKeyCoolsDown(String kind, int status, @Nullable Long said, long seconds)
      throws Exception {
    Keys keys = keys("A", "B");
    Failure failure =
        failure(
            new FailureClass(kind, status), status, said == null ? null : Duration.ofSeconds(said));
    assertThat(use(keys, Map.of("value of A", failure))).isEqualTo("value of B");
    clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(use(keys, Map.of())).isEqualTo("value of B");
    clock.advance(Duration.ofMillis(1));
    assertThat(use(keys, Map.of())).isEqualTo("value of A");
  }

  @Test
  void aWaitOfNothingDoesNotTryTheSameKeyInALoop() throws Exception {
    Keys keys = keys("A", "B");
    Failure now = failure(FailureClass.RATE_LIMITED, 429, Duration.ZERO);
    assertThatThrownBy(() -> use(keys, Map.of("value of A", now, "value of B", now)))
        .isInstanceOf(UpstreamFailure.class);
    assertThat(used).containsExactly("value of A", "value of B");
  }

  @ParameterizedTest
  @CsvSource({
    "upstream_auth,403",
    "not_found,404",
    "invalid_request,400",
    "overloaded,529",
    "overloaded,503",
    "upstream,500"
  })
  void whatIsNotAboutTheKeyDoesNotRetireIt(String kind, int status) throws Exception {
    Keys keys = keys("A", "B");
    Failure failure = failure(new FailureClass(kind, status), status, null);
    assertThatThrownBy(() -> use(keys, Map.of("value of A", failure)))
        .isInstanceOfSatisfying(
            UpstreamFailure.class, e -> assertThat(e.failure()).isEqualTo(failure));
    assertThat(used).containsExactly("value of A");
    assertThat(use(keys, Map.of())).isEqualTo("value of A");
  }

  @Test
  void theLastFailureIsToldAndThenThatAllRest() {
    Keys keys = keys("A", "B");
    Failure limited = failure(FailureClass.RATE_LIMITED, 429, Duration.ofSeconds(30));
    Map<String, Failure> all = Map.of("value of A", limited, "value of B", limited);
    assertThatThrownBy(() -> use(keys, all))
        .isInstanceOfSatisfying(
            UpstreamFailure.class, e -> assertThat(e.failure()).isEqualTo(limited));
    clock.advance(Duration.ofSeconds(10));
    assertThatThrownBy(() -> use(keys, all))
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(FailureClass.RATE_LIMITED);
              assertThat(e.failure().retryAfter()).isEqualTo(Duration.ofSeconds(20));
              assertThat(e.failure().recoverable()).isTrue();
            });
    assertThat(used).isEmpty();
  }

  @Test
  void allRefusedIsAFailureThatAnotherBackendMayMend() {
    Keys keys = keys("A");
    assertThatThrownBy(() -> use(keys, Map.of("value of A", REFUSED)))
        .isInstanceOf(UpstreamFailure.class);
    assertThatThrownBy(() -> use(keys, Map.of()))
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(FailureClass.UPSTREAM_AUTH);
              assertThat(e.failure().recoverable()).isTrue();
              assertThat(e.failure().toString()).doesNotContain("value of A");
            });
  }

  @Test
  void aSecretThatIsNotThereIsPassedOver() throws Exception {
    Keys keys = keys("A", "B");
    values.remove("env:A");
    assertThat(use(keys, Map.of())).isEqualTo("value of B");
  }

  @Test
  void noneIsNeededWhereNoneIsConfigured() throws Exception {
    assertThat(use(new Keys(List.of(), clock), Map.of())).isEqualTo("null");
  }

  @Test
  void environmentKeysAreNumberedWithoutAGapUpToThirtyTwo() {
    Map<String, String> environment = new HashMap<>();
    environment.put("X_API_KEY", "1");
    IntStream.rangeClosed(2, 40).forEach(i -> environment.put("X_API_KEY_" + i, "" + i));
    assertThat(names(environment)).hasSize(32).startsWith("env:X_API_KEY", "env:X_API_KEY_2");
    environment.remove("X_API_KEY_4");
    assertThat(names(environment))
        .containsExactly("env:X_API_KEY", "env:X_API_KEY_2", "env:X_API_KEY_3");
    environment.remove("X_API_KEY");
    assertThat(names(environment)).isEmpty();
  }

  private static List<String> names(Map<String, String> environment) {
    return EnvironmentKeys.of(name -> Optional.ofNullable(environment.get(name)), "X_API_KEY")
        .stream()
        .map(Secret::reference)
        .toList();
  }

  private static Fact fact(String name, String state) {
    return new Fact("key", "env:" + name, state);
  }

  @Test
  void theStateOfEachKeyIsToldByItsReference() throws Exception {
    Keys keys = keys("A", "B", "C", "D");
    values.remove("env:C");
    assertThat(keys.facts())
        .containsExactly(
            fact("A", "ready"), fact("B", "ready"), fact("C", "ready"), fact("D", "ready"));
    Instant now = clock.instant();
    use(
        keys,
        Map.of(
            "value of A",
            REFUSED,
            "value of B",
            failure(FailureClass.RATE_LIMITED, 429, Duration.ofSeconds(90))));
    assertThat(keys.facts())
        .containsExactly(
            fact("A", "retired since " + now + ": 401"),
            fact("B", "resting until " + now.plusSeconds(90) + ": limited"),
            fact("C", "not there when last wanted"),
            fact("D", "ready"));
    assertThat(keys.facts().toString()).doesNotContain("value of");

    clock.advance(Duration.ofSeconds(90));
    versions.put("env:A", 2L);
    values.put("env:C", "value of C");
    assertThat(keys.facts()).contains(fact("A", "ready"), fact("B", "ready"));
    use(keys, Map.of("value of A", failure(FailureClass.QUOTA, 402, null)));
    assertThat(keys.facts().getFirst().state()).endsWith(": out of quota");
  }

  @Test
  void aReferenceThatLeadsSomewhereAgainIsReadyOnceUsed() throws Exception {
    Keys keys = keys("A", "B");
    values.remove("env:A");
    use(keys, Map.of());
    assertThat(keys.facts()).contains(fact("A", "not there when last wanted"));
    values.put("env:A", "value of A");
    use(keys, Map.of());
    assertThat(keys.facts()).containsExactly(fact("A", "ready"), fact("B", "ready"));
  }
}
