package lip.sdk.fidelity;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a client or a provider said and the other side does not get as it was said. It
 * names fields and says why; it never holds content, keys or tokens. Texts over their limit are
 * cut. Immutable.
 *
 * @param effect what became of it
 * @param way whether it was on its way to the provider or back
 * @param field what it is about, in the words of the canonical model, such as {@code seed} or
 *     {@code tool_result.is_error}; a field that only one dialect knows is {@code dialect:name}; at
 *     most 120 characters
 * @param became what it became, at most 120 characters; null exactly when it is lost
 * @param reason why, for people; at most 200 characters
 */
public record Deviation(
    Effect effect, Way way, String field, @Nullable String became, String reason) {
  private static final int MOST_NAME = 120;
  private static final int MOST_REASON = 200;

  /** What becomes of something that cannot be passed on. Closed by nature. */
  public enum Effect {
    /** It was said in another way, or nearly. */
    MAPPED,
    /** It was not said at all. */
    LOST
  }

  /** Where it happens. Closed by nature. */
  public enum Way {
    /** From the client to the provider. */
    REQUEST,
    /** From the provider to the client. */
    ANSWER
  }

  /** Checks and cuts. */
  public Deviation {
    if ((effect == Effect.LOST) != (became == null)) {
      throw new IllegalArgumentException("what is mapped became something, what is lost did not");
    }
    field = cut(field, MOST_NAME);
    became = became == null ? null : cut(became, MOST_NAME);
    reason = cut(reason, MOST_REASON);
  }

  /** Something the provider is not told. */
  public static Deviation lost(String field, String reason) {
    return new Deviation(Effect.LOST, Way.REQUEST, field, null, reason);
  }

  /** Something the provider is told in another way. */
  public static Deviation mapped(String field, String became, String reason) {
    return new Deviation(Effect.MAPPED, Way.REQUEST, field, became, reason);
  }

  /** Something of the answer that the client is not told. */
  public static Deviation lostInAnswer(String field, String reason) {
    return new Deviation(Effect.LOST, Way.ANSWER, field, null, reason);
  }

  /** Something of the answer that the client is told in another way. */
  public static Deviation mappedInAnswer(String field, String became, String reason) {
    return new Deviation(Effect.MAPPED, Way.ANSWER, field, became, reason);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }
}
