package lip.launcher;

/** The command line cannot be understood, or names a folder that is not there: exit code 2. */
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }
}
