package lip.core.upstream;

import java.io.IOException;

/** Thrown by a shut {@link Gate} in place of waiting; the parser's state survives it. */
final class WouldBlock extends IOException {
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
