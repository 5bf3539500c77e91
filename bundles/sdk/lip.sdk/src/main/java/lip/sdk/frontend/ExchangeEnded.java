package lip.sdk.frontend;

/**
 * The response is over: the client is gone or the core has ended it. Let it rise; there is nobody
 * left to tell.
 */
public class ExchangeEnded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason, for the log. */
  public ExchangeEnded(String reason) {
    super(reason);
  }

  /** With the reason and what showed it. */
  public ExchangeEnded(String reason, Throwable cause) {
    super(reason, cause);
  }
}
