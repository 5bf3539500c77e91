package lip.operations.deploy;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What a bundle's component descriptions promise: how many kinds, and what they still need. */
final class KindCount {
  private final ServiceComponentRuntime components;

  KindCount(ServiceComponentRuntime components) {
    this.components = components;
  }

  /** Number of kind services the bundle will register. */
  int of(Bundle bundle) {
    int count = 0;
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
      count += isKind(description) ? 1 : 0;
    }
    return count;
  }

  /** The service that a kind of the bundle waits for. */
  Optional<String> missing(Bundle bundle) {
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
      if (!isKind(description)) {
        continue;
      }
      for (ComponentConfigurationDTO configuration :
          components.getComponentConfigurationDTOs(description)) {
        for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
          return Optional.of(
              description.name + " waits for a service (reference " + reference.name + ")");
        }
        if (configuration.failure != null) {
          return Optional.of(
              description.name
                  + " failed: "
                  + configuration.failure.lines().findFirst().orElse(""));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isKind(ComponentDescriptionDTO description) {
    for (String type : description.serviceInterfaces) {
      if (type.startsWith("lip.sdk.") && type.endsWith("Kind")) {
        return true;
      }
    }
    return false;
  }
}
