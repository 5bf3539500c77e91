package example.hello;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code hello}: a Declarative Services component that makes instances. */
@Component(service = BackendKind.class)
public final class HelloKind implements BackendKind<HelloSettings> {
  static final Map<String, String> GREETINGS =
      Map.of("en", "Hello", "de", "Hallo", "fr", "Bonjour", "pl", "Cześć");

  /** Made by Declarative Services. */
  @Activate
  public HelloKind() {}

  @Override
  public String id() {
    return "hello";
  }

  @Override
  public Class<HelloSettings> settings() {
    return HelloSettings.class;
  }

  /** It needs no key, so it lives without a file as soon as its jar is there. */
  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of("order", "1000"));
  }

  @Override
  public String defaultModel() {
    return "greeting";
  }

  @Override
  public Backend create(Instance instance, HelloSettings settings) throws InvalidSettings {
    String greeting = GREETINGS.get(settings.language().toLowerCase(Locale.ROOT));
    if (greeting == null) {
      throw new InvalidSettings(
          "language", "unknown language", String.join(", ", new TreeSet<>(GREETINGS.keySet())));
    }
    return new HelloBackend(instance.id(), greeting, settings.pause());
  }
}
