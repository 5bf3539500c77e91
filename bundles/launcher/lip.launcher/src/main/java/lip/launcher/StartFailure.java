package lip.launcher;

/**
 * The process cannot do its work, for a reason the operator can act on: one line and an exit code.
 */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private final int exit;

  StartFailure(int exit, String message) {
    super(message);
    this.exit = exit;
  }

  StartFailure(int exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  int exit() {
    return exit;
  }
}
