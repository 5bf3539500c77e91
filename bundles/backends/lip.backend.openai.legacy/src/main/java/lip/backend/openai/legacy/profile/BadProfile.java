package lip.backend.openai.legacy.profile;

/** A value that a profile cannot have. */
public final class BadProfile extends Exception {
  private static final long serialVersionUID = 1L;

  BadProfile(String reason) {
    super(reason);
  }
}
