package lip.core.routing;

/**
 * A backend instance and a model that could serve a call.
 *
 * @param backendId instance id
 * @param model model to ask for
 * @param reason which rule chose it
 */
public record Candidate(String backendId, String model, Reason reason) {
  /** The rules, in the order in which they are tried. Closed by nature. */
  public enum Reason {
    /** The client's route header. */
    SELECTOR,
    /** The model names a backend before its first colon. */
    MODEL_PREFIX,
    /** A backend lists the model. */
    INVENTORY,
    /** The start of the model's name belongs to a kind. */
    KIND_PREFIX,
    /** The configured default route. */
    DEFAULT_ROUTE,
    /** No default route is configured: the first live backend. */
    FIRST_BACKEND;

    /** Lower-case name for logs. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
