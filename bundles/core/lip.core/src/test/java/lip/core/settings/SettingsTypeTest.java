package lip.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.sdk.secret.Secret;
import lip.sdk.settings.ByteSize;
import lip.sdk.settings.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTypeTest {
  enum Mode {
    FAIL_OPEN,
    FAIL_CLOSED
  }

  interface Sample {
    @Range(min = "1s", max = "24h")
    Duration dial_timeout();

    @Range(min = "1KiB", max = "1GiB")
    ByteSize max_body();

    @Range(min = "0", aboveMin = true)
    int count();

    boolean on();

    Mode mode();

    URI base_url();

    Path path();

    List<String> models();

    Map<String, String> labels();

    Optional<Long> tokens();

    Secret secret();

    List<Secret> api_keys();

    String text();

    double ratio();
  }

  private static final List<Declared> DECLARED =
      List.of(
          Declared.withDefault("dial.timeout", "30s"),
          Declared.withDefault("max.body", "32MiB"),
          Declared.withDefault("count", "3"),
          Declared.withDefault("on", "true"),
          Declared.withDefault("mode", "FAIL_OPEN"),
          Declared.withDefault("base.url", "https://host/v1"),
          Declared.withDefault("path", "data/lip.db"),
          Declared.required("models"),
          Declared.optional("labels"),
          Declared.optional("tokens"),
          Declared.required("secret"),
          Declared.optional("api.keys"),
          new Declared("text", List.of("a", "b"), true, List.of(), _ -> null),
          Declared.withDefault("ratio", "0.5"));

  private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "value-of-key", "E", " ");

  private static Reading reading(Map<String, String> texts) {
    SecretReferences secrets =
        new SecretReferences(
            name -> Optional.ofNullable(ENVIRONMENT.get(name)), Path.of("/home"), Path.of("/none"));
    return new Reading("lip.sample.cfg", "lip.sample", texts, secrets, Path.of("/home"));
  }

  private static String refusal(String key, String value) throws Exception {
    Map<String, String> texts = new HashMap<>(Map.of("secret", "env:KEY"));
    texts.put(key, value);
    Reading reading = reading(texts);
    SettingsType<Sample> type = SettingsType.of(Sample.class, DECLARED);
    reading.refuseUnknown(type.keys());
    type.read(reading);
    assertThat(reading.refused()).isTrue();
    return reading.findings().stream().map(Finding::line).collect(Collectors.joining("\n"));
  }

  @Test
  void readsDefaultsAndValues() throws Exception {
    Sample sample =
        SettingsType.of(Sample.class, DECLARED)
            .read(
                reading(
                    Map.of(
                        "secret", "env:KEY",
                        "dial.timeout", "1h30m",
                        "mode", "fail-closed",
                        "models", "[ \"a,b\", \"c\", ]",
                        "labels", "x=1, y=2=3",
                        "tokens", "7",
                        "max.body", "1mib",
                        "count", "")))
            .orElseThrow()
            .settings();
    assertThat(sample.dial_timeout()).isEqualTo(Duration.ofMinutes(90));
    assertThat(sample.mode()).isEqualTo(Mode.FAIL_CLOSED);
    assertThat(sample.models()).containsExactly("a,b", "c");
    assertThat(sample.labels()).containsExactly(Map.entry("x", "1"), Map.entry("y", "2=3"));
    assertThat(sample.tokens()).contains(7L);
    assertThat(sample.max_body()).isEqualTo(new ByteSize(1 << 20));
    assertThat(sample.count()).isEqualTo(3);
    assertThat(sample.on()).isTrue();
    assertThat(sample.path()).isEqualTo(Path.of("/home/data/lip.db"));
    assertThat(sample.base_url()).isEqualTo(URI.create("https://host/v1"));
    assertThat(sample.text()).isEqualTo("a,b");
    assertThat(sample.ratio()).isEqualTo(0.5);
    assertThat(sample.secret().reveal()).isEqualTo("value-of-key");
    assertThat(sample.toString()).doesNotContain("value-of-key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dial.timeout | 30 | write 30s",
        "dial.timeout | 25h | dial.timeout = 25h: too large; allowed: 1s..24h",
        "dial.timeout | 0s | too small",
        "dial.timeout | 30 s | not a duration",
        "dial.timeout | 99999999999d | too long",
        "max.body | 8MB | 8MiB",
        "max.body | 2GiB | allowed: 1KiB..1GiB",
        "count | 0 | more than 0",
        "count | 1x | not a whole number",
        "count | 3000000000 | not a whole number",
        "on | yes | true, false",
        "mode | open | allowed: fail_open, fail_closed",
        "base.url | http://[ | not a URL",
        "tokens | x | not a whole number",
        "labels | x | name=value",
        "labels | x=1, x=2 | twice",
        "dial_timeout | 3s | unknown key; did you mean dial.timeout?",
        "cuont | 3 | did you mean count?",
        "something.else.entirely | 3 | unknown key; allowed: api.keys,",
      })
  void refusesWithFileKeyAndWhatIsAllowed(String key, String value, String said) throws Exception {
    assertThat(refusal(key, value)).startsWith("lip.sample.cfg: " + key).contains(said);
  }

  @Test
  void namesAllThatIsWrong() throws Exception {
    Reading reading = reading(Map.of("count", "x", "on", "x"));
    assertThat(SettingsType.of(Sample.class, DECLARED).read(reading)).isEmpty();
    assertThat(reading.findings())
        .extracting(Finding::key)
        .containsExactlyInAnyOrder("count", "on", "secret");
  }

  @Test
  void aLiteralSecretIsRefusedAndNeverRepeated() throws Exception {
    for (String literal :
        List.of("hunter2hunter2", "$[env:KEY]", "env:", "secret:../x", "Env:KEY")) {
      assertThat(refusal("secret", literal))
          .contains(
              "lip.sample.cfg: secret: this setting takes a reference, not the secret itself. Put"
                  + " the secret into config/secrets/sample (mode 0600) and write secret ="
                  + " secret:sample, or use env:NAME or file:PATH. The literal is not repeated.");
    }
    assertThat(refusal("api.keys", "env:KEY, sk-live-0123")).doesNotContain("sk-live");
    assertThat(refusal("api.key", "sk-live-0123")).contains("api.keys").doesNotContain("sk-live");
  }

  @Test
  void aMissingSecretIsUnresolvedNotRefused() throws Exception {
    Reading reading = reading(Map.of("secret", "env:E", "api.keys", "secret:gone"));
    assertThat(SettingsType.of(Sample.class, DECLARED).read(reading)).isPresent();
    assertThat(reading.unresolved())
        .containsExactlyInAnyOrder(
            "secret: env:E is not set", "api.keys: secret:gone does not exist in config/secrets");
  }

  @Test
  void passwordsInUrlsAreNotShown() throws Exception {
    assertThat(refusal("base.url", "http://user:pw@[bad")).doesNotContain("pw").contains("...@");
  }

  @Test
  void aTypeThatCannotBeFilledIsRefused() {
    interface Odd {
      Thread thread();
    }
    assertThatThrownBy(() -> SettingsType.of(Odd.class, List.of(Declared.required("thread"))))
        .isInstanceOf(SettingsType.Unusable.class)
        .hasMessageContaining("thread");
    assertThatThrownBy(() -> SettingsType.of(Sample.class, List.of()))
        .hasMessageContaining("does not declare");
  }
}
