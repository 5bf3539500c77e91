package lip.api;

/**
 * A canonical value that breaks a rule of the model. The message names field, value or size, and
 * limit; never user content.
 */
public final class InvalidCall extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field path such as {@code messages[2].parts[0]}
   * @param problem what is wrong and what is allowed
   */
  public InvalidCall(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
  }

  /** The path of the offending field. */
  public String field() {
    return field;
  }

  /** Throws when a text is longer than a limit in UTF-8 bytes. */
  public static void checkLength(String field, CharSequence text, int limit) {
    // A char is at most three bytes, so short texts need no count.
    if (text.length() > limit / 3) {
      long length = Limits.utf8Length(text);
      if (length > limit) {
        throw new InvalidCall(field, length + " bytes, at most " + limit + " are allowed");
      }
    }
  }

  /** Throws when there are more elements than a limit. */
  public static void checkCount(String field, int count, int limit) {
    if (count > limit) {
      throw new InvalidCall(field, count + " elements, at most " + limit + " are allowed");
    }
  }
}
