package lip.api.message;

/**
 * Who speaks.
 *
 * @param id lower-case name
 */
public record Role(String id) {
  /** Operator of the conversation. */
  public static final Role SYSTEM = new Role("system");

  /**
   * Operator of the conversation, in newer OpenAI words; backends that do not know it say system.
   */
  public static final Role DEVELOPER = new Role("developer");

  /** The person or program that asks. */
  public static final Role USER = new Role("user");

  /** The model. */
  public static final Role ASSISTANT = new Role("assistant");

  /** A tool's answer. */
  public static final Role TOOL = new Role("tool");
}
