package lip.backend.anthropic;

import java.util.List;
import lip.api.Dialect;
import lip.api.message.Part;

/** Which parts the provider takes as they are: mostly all of them, then nothing is made anew. */
final class Takeable {
  private Takeable() {}

  static boolean all(List<Part> parts) {
    for (Part part : parts) {
      boolean taken =
          switch (part) {
            case Part.Text text -> !text.string().isBlank();
            case Part.Reasoning reasoning -> reasoning(reasoning);
            case Part.ToolResult result -> content(result);
            case Part.Refusal _ -> false;
            case Part.ToolCall _, Part.Media _, Part.Opaque _, Part.Other _ -> true;
          };
      if (!taken) {
        return false;
      }
    }
    return true;
  }

  /** Whether no text of a result is blank. */
  static boolean content(Part.ToolResult result) {
    for (Part part : result.content()) {
      if (part instanceof Part.Text text && text.string().isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** Foreign and unsigned reasoning is refused. */
  static boolean reasoning(Part.Reasoning reasoning) {
    String signature = reasoning.signature();
    boolean signed = signature != null && !signature.isEmpty();
    return reasoning.dialect().equals(Dialect.ANTHROPIC) && (signed || reasoning.opaque() != null);
  }
}
