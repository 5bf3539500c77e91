package lip.assembly;

/**
 * The distribution cannot be assembled as described; the message names the file and what to change.
 */
public final class AssemblyFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AssemblyFailure(String message) {
    super(message);
  }

  AssemblyFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
