package lip.api.failure;

/**
 * Thrown by a stage handler that denies a call; the client gets the failure in its own protocol.
 */
public class Rejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** A denial. */
  public Rejected(Failure failure) {
    super(failure.toString());
    this.failure = failure;
  }

  /** What the client is told. */
  public Failure failure() {
    return failure;
  }
}
