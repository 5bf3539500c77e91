package lip.support.anthropic.messages;

import lip.api.event.FinishReason;

/** Stop reasons in both directions. */
public final class StopReasons {
  private StopReasons() {}

  /** The canonical reason of a word on the wire. */
  public static FinishReason fromWire(String word) {
    return switch (word) {
      case "end_turn" -> FinishReason.STOP;
      case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "max_tokens" -> FinishReason.LENGTH;
      case "model_context_window_exceeded" -> FinishReason.CONTEXT_EXCEEDED;
      case "refusal" -> FinishReason.REFUSAL;
      case "pause_turn" -> FinishReason.PAUSE;
      default -> FinishReason.UNKNOWN;
    };
  }

  /** The word that Anthropic clients know; new reasons end a turn like {@code end_turn}. */
  public static String toWire(FinishReason reason) {
    return switch (reason.id()) {
      case "stop_sequence" -> "stop_sequence";
      case "tool_calls" -> "tool_use";
      case "length" -> "max_tokens";
      case "context_exceeded" -> "model_context_window_exceeded";
      case "content_filter", "refusal" -> "refusal";
      case "pause" -> "pause_turn";
      default -> "end_turn";
    };
  }

  /**
   * What the answer really ended with: clients run tools only when the reason says so. An answer
   * that was cut stays cut, its last call may be half.
   *
   * @param said the provider's reason
   * @param calls whether a tool call was made
   */
  public static FinishReason settle(FinishReason said, boolean calls) {
    if (said.equals(FinishReason.TOOL_CALLS)) {
      return calls ? said : FinishReason.STOP;
    }
    return calls && toWire(said).equals("end_turn") ? FinishReason.TOOL_CALLS : said;
  }
}
