package lip.testing.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import lip.sdk.settings.ByteSize;
import org.junit.jupiter.api.Test;
import org.osgi.service.metatype.annotations.AttributeDefinition;

class TestSettingsTest {
  enum Tone {
    LOUD,
    VERY_SOFT
  }

  interface Settings {
    @AttributeDefinition(defaultValue = "1m30s")
    Duration dial_timeout();

    @AttributeDefinition(defaultValue = "64KiB")
    ByteSize body_limit();

    @AttributeDefinition(defaultValue = {"a", "b"})
    List<String> words();

    @AttributeDefinition(required = false)
    Optional<Long> tokens();

    @AttributeDefinition(defaultValue = "loud")
    Tone tone();

    @AttributeDefinition(required = false)
    List<Secret> api_keys();

    @AttributeDefinition(required = false)
    int retries();
  }

  interface Needed {
    String base_url();
  }

  @Test
  void declaredDefaultsStandWhereNothingIsSet() {
    Settings settings = TestSettings.of(Settings.class);
    assertThat(settings.dial_timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.body_limit()).isEqualTo(new ByteSize(65_536));
    assertThat(settings.words()).containsExactly("a", "b");
    assertThat(settings.tokens()).isEmpty();
    assertThat(settings.tone()).isEqualTo(Tone.LOUD);
    assertThat(settings.api_keys()).isEmpty();
    assertThat(settings.retries()).isZero();
  }

  @Test
  void valuesAreReadByDottedKey() {
    Settings settings =
        TestSettings.of(
            Settings.class,
            Map.of(
                "dial.timeout",
                "1.5h",
                "words",
                "x, y",
                "tokens",
                "7",
                "tone",
                "very-soft",
                "api.keys",
                "env:KEY"));
    assertThat(settings.tone()).isEqualTo(Tone.VERY_SOFT);
    assertThat(settings.dial_timeout()).isEqualTo(Duration.ofMinutes(90));
    assertThat(settings.words()).containsExactly("x", "y");
    assertThat(settings.tokens()).contains(7L);
    assertThat(settings.api_keys()).extracting(Secret::reference).containsExactly("env:KEY");
  }

  @Test
  void whatTheCoreWouldRefuseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestSettings.of(Settings.class, Map.of("dial_timeout", "1s")))
        .withMessageContaining("unknown keys [dial_timeout]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestSettings.of(Settings.class, Map.of("dial.timeout", "30")))
        .withMessageContaining("dial.timeout: not a duration");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestSettings.of(Needed.class))
        .withMessageContaining("base.url: is required");
  }

  @Test
  void secretsChangeWithTheirVersion() throws SecretUnavailable {
    TestSecrets secrets = new TestSecrets().set("env:KEY", "one");
    Secret secret = secrets.secret("env:KEY");
    long version = secret.version();
    assertThat(secret.reveal()).isEqualTo("one");
    secrets.set("env:KEY", "two");
    assertThat(secret.reveal()).isEqualTo("two");
    assertThat(secret.version()).isNotEqualTo(version);
  }
}
