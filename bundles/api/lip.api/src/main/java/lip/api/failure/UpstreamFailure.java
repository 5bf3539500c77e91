package lip.api.failure;

/**
 * Thrown by backends and their streams. Only the executor turns it into a terminal event or a
 * further attempt.
 */
public class UpstreamFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** A failure without a cause of its own. */
  public UpstreamFailure(Failure failure) {
    super(failure.toString());
    this.failure = failure;
  }

  /** A failure with the exception behind it, for the log. */
  public UpstreamFailure(Failure failure, Throwable cause) {
    super(failure.toString(), cause);
    this.failure = failure;
  }

  /** What happened. */
  public Failure failure() {
    return failure;
  }

  /** The failure of an operation that a backend does not have. */
  public static UpstreamFailure unsupported(String operation) {
    return new UpstreamFailure(
        Failure.of(FailureClass.UNSUPPORTED, operation + " is not supported by this backend"));
  }
}
