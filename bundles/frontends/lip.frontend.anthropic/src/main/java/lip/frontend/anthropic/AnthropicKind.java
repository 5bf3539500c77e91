package lip.frontend.anthropic;

import java.util.Map;
import java.util.Optional;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.frontend.Frontend;
import lip.sdk.frontend.FrontendKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code anthropic} of frontends, live without a file. */
@Component(service = FrontendKind.class)
public final class AnthropicKind implements FrontendKind<AnthropicSettings> {
  /** Made by Declarative Services. */
  @Activate
  public AnthropicKind() {}

  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public Class<AnthropicSettings> settings() {
    return AnthropicSettings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of());
  }

  @Override
  public Frontend create(Instance instance, AnthropicSettings settings) {
    return new AnthropicFrontend();
  }
}
