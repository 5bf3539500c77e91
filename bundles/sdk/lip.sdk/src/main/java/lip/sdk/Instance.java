package lip.sdk;

import java.time.InstantSource;
import java.util.Optional;
import lip.sdk.upstream.Timeouts;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the core tells an instance about itself: the common keys and the injected sources of time
 * and ids.
 */
@ProviderType
public interface Instance {
  /** Instance id, unique inside its family. */
  String id();

  /** Position among instances of the family; lower comes first. */
  int order();

  /** The key {@code default.model}; backends only. */
  Optional<String> defaultModel();

  /**
   * Limits of this instance's upstream calls: {@code lip.http.client} with the instance's own keys
   * on top.
   */
  Timeouts timeouts();

  /** The clock; tests inject another. */
  InstantSource clock();

  /** Source of random ids; tests inject another. */
  Ids ids();
}
