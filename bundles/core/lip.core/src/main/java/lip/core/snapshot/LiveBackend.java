package lip.core.snapshot;

import java.util.List;
import lip.sdk.backend.Backend;

/**
 * A backend as routing sees it.
 *
 * @param entry the leased instance
 * @param modelPrefixes starts of model names that belong to its kind
 * @param defaultModel model when nobody names one
 * @param maxActive most attempts at once; 0 = no limit
 */
public record LiveBackend(
    Entry<Backend> entry, List<String> modelPrefixes, String defaultModel, int maxActive) {
  /** Copies. */
  public LiveBackend {
    modelPrefixes = List.copyOf(modelPrefixes);
  }

  /** Instance id. */
  public String id() {
    return entry.id();
  }
}
