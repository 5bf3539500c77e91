package lip.frontend.openai.legacy;

import java.util.Map;
import java.util.Optional;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.frontend.Frontend;
import lip.sdk.frontend.FrontendKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code openai-legacy} of frontends, live without a file. */
@Component(service = FrontendKind.class)
public final class OpenAiLegacyKind implements FrontendKind<OpenAiLegacySettings> {
  /** Made by Declarative Services. */
  @Activate
  public OpenAiLegacyKind() {}

  @Override
  public String id() {
    return "openai-legacy";
  }

  @Override
  public Class<OpenAiLegacySettings> settings() {
    return OpenAiLegacySettings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of());
  }

  @Override
  public Frontend create(Instance instance, OpenAiLegacySettings settings) {
    return new OpenAiLegacyFrontend();
  }
}
