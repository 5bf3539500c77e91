package lip.api.capability;

/**
 * Something a candidate can do.
 *
 * @param id lower-case name
 */
public record Capability(String id) {
  /** Deltas while the model writes. */
  public static final Capability STREAMING = new Capability("streaming");

  /** Function tools and their results. */
  public static final Capability TOOLS = new Capability("tools");

  /** Several calls in one answer, or none on demand. Dropped in silence where missing. */
  public static final Capability PARALLEL_TOOL_CALLS = new Capability("parallel_tool_calls");

  /** Free-text tools. */
  public static final Capability CUSTOM_TOOLS = new Capability("custom_tools");

  /** Pictures in. */
  public static final Capability VISION = new Capability("vision");

  /** Documents in. */
  public static final Capability DOCUMENTS = new Capability("documents");

  /** Sound in or out. */
  public static final Capability AUDIO = new Capability("audio");

  /** Film in. */
  public static final Capability VIDEO = new Capability("video");

  /** JSON by schema. */
  public static final Capability STRUCTURED_OUTPUTS = new Capability("structured_outputs");

  /** Reasoning controls. Dropped in silence where missing. */
  public static final Capability REASONING = new Capability("reasoning");
}
