package lip.support.openai.chat;

import lip.api.event.FinishReason;

/** Finish reasons in both directions. */
public final class FinishReasons {
  private FinishReasons() {}

  /** The canonical reason of a word on the wire, words of compatible servers included. */
  public static FinishReason fromWire(String word) {
    return switch (word) {
      case "stop", "end_turn", "eos", "eos_token", "STOP" -> FinishReason.STOP;
      case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
      case "length", "max_tokens", "MAX_TOKENS" -> FinishReason.LENGTH;
      case "tool_calls", "tool_call", "tool_use", "function_call" -> FinishReason.TOOL_CALLS;
      case "content_filter", "safety", "SAFETY" -> FinishReason.CONTENT_FILTER;
      case "model_context_window_exceeded" -> FinishReason.CONTEXT_EXCEEDED;
      case "refusal" -> FinishReason.REFUSAL;
      default -> FinishReason.UNKNOWN;
    };
  }

  /** The word that OpenAI clients know; new reasons end a turn like {@code stop}. */
  public static String toWire(FinishReason reason) {
    return switch (reason.id()) {
      case "tool_calls" -> "tool_calls";
      case "length", "context_exceeded", "max_turns" -> "length";
      case "content_filter" -> "content_filter";
      default -> "stop";
    };
  }

  /**
   * What the answer really ended with: clients run tools only when the reason says so, and end
   * their loop when it says stop. An answer that was cut stays cut, its last call may be half.
   *
   * @param said the provider's reason
   * @param calls whether a tool call was made
   */
  public static FinishReason settle(FinishReason said, boolean calls) {
    if (said.equals(FinishReason.TOOL_CALLS)) {
      return calls ? said : FinishReason.STOP;
    }
    boolean whole = toWire(said).equals("stop");
    return calls && whole ? FinishReason.TOOL_CALLS : said;
  }
}
