package lip.core.routing;

import lip.api.failure.Failure;

/** No candidate can be found. */
public final class Unroutable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** With what the client is told. */
  public Unroutable(Failure failure) {
    super(failure.toString());
    this.failure = failure;
  }

  /** What the client is told. */
  public Failure failure() {
    return failure;
  }
}
