package lip.sdk;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Environment variables of the process. */
@FunctionalInterface
@ConsumerType
public interface Environment {
  /** The value; empty when not set or blank. */
  Optional<String> get(String name);
}
