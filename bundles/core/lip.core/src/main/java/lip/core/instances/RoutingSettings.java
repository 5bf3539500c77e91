package lip.core.instances;

import java.util.Optional;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The singleton {@code lip.routing}. */
@ObjectClassDefinition(
    pid = "lip.routing",
    name = "Routing",
    description = "Which backend answers when the request does not say.")
public interface RoutingSettings {
  /** The route when nothing else decides. */
  @AttributeDefinition(
      required = false,
      description = "backend:model, or a backend; not set = the first live backend.")
  Optional<String> default_route();
}
