package lip.core.routing;

import java.util.List;

/** The live backends as planning sees them. */
public interface Field {
  /**
   * A live backend.
   *
   * @param id instance id
   * @param kind kind id
   * @param modelPrefixes starts of model names that belong to its kind
   * @param defaultModel model when nobody names one
   */
  record Known(String id, String kind, List<String> modelPrefixes, String defaultModel) {}

  /** All of them, in routing order. */
  List<Known> backends();

  /** Whether a backend's inventory lists a model. Asked only when no earlier rule decided. */
  boolean lists(String backendId, String model);
}
