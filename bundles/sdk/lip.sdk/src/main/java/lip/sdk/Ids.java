package lip.sdk;

import org.osgi.annotation.versioning.ConsumerType;

/** Source of ids. Safe from any thread. */
@FunctionalInterface
@ConsumerType
public interface Ids {
  /** A fresh id: the prefix and 32 hexadecimal digits, not guessable. */
  String next(String prefix);
}
