package lip.core.upstream;

import java.net.SocketTimeoutException;

/**
 * Thrown in place of waiting, by a shut {@link Gate} or a polled {@link Intake}; the parser's state
 * survives it, and that of TLS too, which takes it for a read that timed out.
 */
final class WouldBlock extends SocketTimeoutException {
  private static final long serialVersionUID = 1L;

  // Control flow on the token path: it carries nothing, so one is enough.
  @SuppressWarnings("StaticAssignmentOfThrowable")
  static final WouldBlock INSTANCE = new WouldBlock();

  private WouldBlock() {
    super("no bytes here yet");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this; // A constant: it has no place of its own.
  }
}
