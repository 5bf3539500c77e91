package lip.api.event;

/**
 * Why the model stopped.
 *
 * @param id lower-case name
 */
public record FinishReason(String id) {
  /** It was done. */
  public static final FinishReason STOP = new FinishReason("stop");

  /** It wrote a stop sequence. */
  public static final FinishReason STOP_SEQUENCE = new FinishReason("stop_sequence");

  /** It waits for tools. */
  public static final FinishReason TOOL_CALLS = new FinishReason("tool_calls");

  /** It reached the output limit. */
  public static final FinishReason LENGTH = new FinishReason("length");

  /** It filled the context. */
  public static final FinishReason CONTEXT_EXCEEDED = new FinishReason("context_exceeded");

  /** A filter cut the answer. */
  public static final FinishReason CONTENT_FILTER = new FinishReason("content_filter");

  /** It declined. */
  public static final FinishReason REFUSAL = new FinishReason("refusal");

  /** The provider paused a long turn. */
  public static final FinishReason PAUSE = new FinishReason("pause");

  /** It wrote a tool call that makes no sense. */
  public static final FinishReason MALFORMED_TOOL = new FinishReason("malformed_tool");

  /** An agent ran out of turns. */
  public static final FinishReason MAX_TURNS = new FinishReason("max_turns");

  /** Somebody stopped it. */
  public static final FinishReason CANCELLED = new FinishReason("cancelled");

  /** The provider gave a reason we do not know; see the raw one. */
  public static final FinishReason UNKNOWN = new FinishReason("unknown");
}
