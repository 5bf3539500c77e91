package lip.api.tool;

import java.util.List;

/** Whether and which tools the model must call. "No parallel calls" is an option of its own. */
public sealed interface ToolChoice {
  /** The model decides; also what an absent choice means. */
  record Auto() implements ToolChoice {}

  /** No tool; legal together with declared tools. */
  record None() implements ToolChoice {}

  /** Some tool must be called. */
  record Any() implements ToolChoice {}

  /**
   * This tool must be called.
   *
   * @param kind kind of the tool
   * @param name its name
   */
  record Named(ToolKind kind, String name) implements ToolChoice {}

  /**
   * Only these tools may be called.
   *
   * @param required whether one of them must be
   * @param names declared names, in the client's order
   */
  record Allowed(boolean required, List<String> names) implements ToolChoice {
    /** Copies. */
    public Allowed {
      names = List.copyOf(names);
    }
  }

  /** Cases added later implement this one; plugins pass them on. */
  non-sealed interface Other extends ToolChoice {
    /** Name of the case. */
    String type();
  }
}
