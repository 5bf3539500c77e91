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

  /** The same for a text that may be one that was received, of which no characters are made. */
  public static void checkLength(String field, JsonString text, int limit) {
    Json received = text.received();
    // An escape is never shorter than what it stands for.
    if (received == null || received.length() - 2 > limit) {
      checkLength(field, text.text(), limit);
    }
  }

  /** Throws when there are more elements than a limit. */
  public static void checkCount(String field, int count, int limit) {
    if (count > limit) {
      throw new InvalidCall(field, count + " elements, at most " + limit + " are allowed");
    }
  }
}
