package lip.sdk.secret;

/**
 * A reference that leads to no usable value: variable not set, file missing or too open. Names the
 * reference, never a value.
 */
public class SecretUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public SecretUnavailable(String message) {
    super(message);
  }
}
