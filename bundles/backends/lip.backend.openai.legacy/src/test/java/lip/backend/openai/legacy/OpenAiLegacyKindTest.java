package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import lip.sdk.Environment;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.BackendKind;
import lip.sdk.upstream.Upstream;
import lip.testing.conformance.backend.ProviderContract;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;

class OpenAiLegacyKindTest implements ProviderContract<OpenAiLegacySettings> {
  @Override
  public BackendKind<OpenAiLegacySettings> kind(Upstream upstream, Environment environment) {
    return new OpenAiLegacyKind(upstream, environment);
  }

  @Override
  public String home() {
    return "https://api.openai.com/v1";
  }

  @Override
  public String variable() {
    return "OPENAI_API_KEY";
  }

  @Override
  public String answer() {
    return Backends.ANSWER;
  }

  @Override
  public String spent() {
    return "{\"error\":{\"message\":\"no\",\"code\":\"insufficient_quota\"}}";
  }

  @Override
  public String models() {
    return "/models";
  }

  @Test
  void eachProfileHasItsAddressAndItsVariable() throws Exception {
    FixedUpstream upstream = FixedUpstream.stream(answer());
    ProviderContract.backend(
            kind(upstream, name -> Optional.of("key of " + name)),
            Map.of("models", "m", "profile", "openrouter"))
        .open(new TestAttempt("m", Calls.text("x")));
    assertThat(upstream.last().uri()).hasToString("https://openrouter.ai/api/v1/chat/completions");
    assertThat(upstream.last().headers().first("Authorization"))
        .isEqualTo("Bearer key of OPENROUTER_API_KEY");
  }

  @Test
  void aServerThatNobodyKnowsNeedsAnAddress() {
    refuses(Map.of("profile", "compatible"), "base.url", "");
  }

  @Test
  void aWrongChangeOfAProfileIsNamed() {
    refuses(
        Map.of("profile", "ollama", "profile.changes", "sytem = first"),
        "profile.changes",
        "sytem");
  }

  private void refuses(Map<String, String> settings, String key, String named) {
    assertThatThrownBy(() ->
            ProviderContract.backend(
                kind(FixedUpstream.stream(answer()), Backends.NOTHING), settings))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith(key)
        .hasMessageContaining(named);
  }
}
