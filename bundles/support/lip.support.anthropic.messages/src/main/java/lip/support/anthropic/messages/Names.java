package lip.support.anthropic.messages;

/** Names under which the two halves hand each other what the canonical model has no word for. */
public final class Names {
  /** The value of {@code anthropic-version} before October 2026. */
  public static final String VERSION_2023 = "2023-06-01";

  /**
   * The one since then: no sampling parameters, system messages anywhere, bearer keys, {@code
   * max_tokens} 0.
   */
  public static final String VERSION_2026 = "2026-10-21";

  /**
   * Call extension: the client's version, where it is not {@link #VERSION_2023}. No body has a
   * member of this name.
   */
  public static final String VERSION = "anthropic-version";

  /** Event extension: a whole content block of a type that the canonical model does not know. */
  public static final String BLOCK = "content_block";

  /** Event extension: the text block ends here, although text follows. */
  public static final String TEXT_END = "text_block_end";

  /** Prefix of event extensions: members of {@code message_start.message}. */
  public static final String MESSAGE = "message.";

  /** Event extension: the {@code delta} object of {@code message_delta}. */
  public static final String DELTA = "message_delta.delta";

  /** Prefix of event extensions: further members of {@code message_delta}. */
  public static final String MESSAGE_DELTA = "message_delta.";

  /** Prefix of native ids of a call: further members of its block, as JSON texts. */
  public static final String CALL = "anthropic.";

  private Names() {}
}
