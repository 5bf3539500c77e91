package lip.core.instances;

import java.time.Duration;
import java.util.List;
import lip.sdk.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The singleton {@code lip.plugins}. */
@ObjectClassDefinition(
    pid = "lip.plugins",
    name = "Plugins",
    description = "How plugins come and go.")
public interface PluginsSettings {
  /** How long a departing instance waits. */
  @AttributeDefinition(
      defaultValue = "15m",
      description = "How long a departing instance waits for its requests; then they are ended.")
  @Range(min = "0s", max = "24h")
  Duration drain_timeout();

  /** What must be there. */
  @AttributeDefinition(
      required = false,
      description =
          "Instances without which the platform is not ready, as family/id:"
              + " frontend/openai-legacy. Without it: the frontends of the installed feature"
              + " sets, except disabled ones. The word none: nothing.")
  List<String> mandatory();
}
