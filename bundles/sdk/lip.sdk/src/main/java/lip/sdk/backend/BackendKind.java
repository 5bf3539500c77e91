package lip.sdk.backend;

import java.util.List;
import lip.sdk.Kind;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of backend.
 *
 * @param <S> settings interface
 */
@ConsumerType
public interface BackendKind<S> extends Kind<S, Backend> {
  /**
   * Starts of model names that belong to this kind ({@code gpt-}), for clients that name a model
   * only.
   */
  default List<String> modelPrefixes() {
    return List.of();
  }

  /** The model when neither client nor configuration names one. */
  String defaultModel();
}
