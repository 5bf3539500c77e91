package lip.sdk.frontend;

import lip.api.failure.Failure;

/** A call that failed before any output. */
public class CallFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** With the failure and what caused it, if anything did. */
  public CallFailed(Failure failure, @org.jspecify.annotations.Nullable Throwable cause) {
    super(failure.toString(), cause);
    this.failure = failure;
  }

  /** What the client is told. */
  public Failure failure() {
    return failure;
  }
}
