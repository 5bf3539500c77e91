package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lip.sdk.Environment;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.BackendKind;
import lip.sdk.upstream.Upstream;
import lip.testing.conformance.backend.ProviderContract;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;

class AnthropicKindTest implements ProviderContract<AnthropicSettings> {
  @Override
  public BackendKind<AnthropicSettings> kind(Upstream upstream, Environment environment) {
    return new AnthropicKind(upstream, environment);
  }

  @Override
  public String home() {
    return Endpoint.DEFAULT;
  }

  @Override
  public String variable() {
    return "ANTHROPIC_API_KEY";
  }

  @Override
  public String answer() {
    return MessageStreamTest.text("a");
  }

  @Override
  public String spent() {
    return "{\"type\":\"error\",\"error\":{\"type\":\"billing_error\",\"message\":\"no\"}}";
  }

  @Override
  public String models() {
    return "/models?limit=1000";
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() {
    assertThatThrownBy(
            () -> Backends.of(FixedUpstream.stream(answer()), Map.of("dialect", "2024-01-01")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith("dialect");
  }
}
