package example.hello;

import java.time.Duration;
import lip.sdk.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of {@code config/example.hello.cfg}, or {@code config/example.hello~NAME.cfg}. */
@ObjectClassDefinition(
    factoryPid = "example.hello",
    name = "Hello",
    description = "Greets in a configurable language, word by word.")
public interface HelloSettings {
  /** The language. */
  @AttributeDefinition(
      name = "language",
      description = "Language of the greeting: en, de, fr or pl.",
      defaultValue = "en")
  String language();

  /** Silence between two words. */
  @AttributeDefinition(
      name = "pause",
      description = "Silence between two words.",
      defaultValue = "0s")
  @Range(min = "0s", max = "1m")
  Duration pause();
}
