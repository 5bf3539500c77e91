package lip.api;

/**
 * The protocol family that a piece of data belongs to. Opaque data of one dialect is never sent to
 * another one.
 *
 * @param id stable lower-case name
 */
public record Dialect(String id) {
  /** OpenAI Chat Completions and the servers compatible with it. */
  public static final Dialect OPENAI_CHAT = new Dialect("openai.chat");

  /** OpenAI Responses. */
  public static final Dialect OPENAI_RESPONSES = new Dialect("openai.responses");

  /** Anthropic Messages, both versions. */
  public static final Dialect ANTHROPIC = new Dialect("anthropic");

  /** Google Gemini generateContent. */
  public static final Dialect GEMINI = new Dialect("gemini");

  /** Amazon Bedrock Converse. */
  public static final Dialect BEDROCK = new Dialect("bedrock");

  /** Agent Client Protocol. */
  public static final Dialect ACP = new Dialect("acp");
}
