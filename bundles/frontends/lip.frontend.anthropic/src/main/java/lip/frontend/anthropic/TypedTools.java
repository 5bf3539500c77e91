package lip.frontend.anthropic;

import lip.api.Json;
import org.jspecify.annotations.Nullable;

/**
 * The tools that Anthropic defines and the client runs: their schemas are published, so that other
 * providers can be offered the same tool as a function.
 */
final class TypedTools {
  private static final Json BASH =
      Json.of(
          """
          {"type":"object","properties":{"command":{"type":"string","description":"The bash command to run."},"restart":{"type":"boolean","description":"true restarts the shell."}}}\
          """);

  private static final Json TEXT_EDITOR =
      Json.of(
          """
          {"type":"object","properties":{"command":{"type":"string","enum":["view","create","str_replace","insert"]},"path":{"type":"string"},"view_range":{"type":"array","items":{"type":"integer"}},"file_text":{"type":"string"},"old_str":{"type":"string"},"new_str":{"type":"string"},"insert_line":{"type":"integer"},"insert_text":{"type":"string"}},"required":["command","path"]}\
          """);

  private static final Json MEMORY =
      Json.of(
          """
          {"type":"object","properties":{"command":{"type":"string","enum":["view","create","str_replace","insert","delete","rename"]},"path":{"type":"string"},"view_range":{"type":"array","items":{"type":"integer"}},"file_text":{"type":"string"},"old_str":{"type":"string"},"new_str":{"type":"string"},"insert_line":{"type":"integer"},"insert_text":{"type":"string"},"old_path":{"type":"string"},"new_path":{"type":"string"}},"required":["command"]}\
          """);

  private TypedTools() {}

  /** The schema of a type; null = run by the provider, or not known. */
  static @Nullable Json schema(String type) {
    return type.startsWith("bash_")
        ? BASH
        : type.startsWith("text_editor_")
            ? TEXT_EDITOR
            : type.startsWith("memory_") ? MEMORY : null;
  }

  /** What a model is told about it. */
  static String description(String type) {
    return type.startsWith("bash_")
        ? "Runs a command in a bash shell that keeps its state."
        : type.startsWith("text_editor_")
            ? "Views, creates and edits text files."
            : "Keeps notes in files below /memories.";
  }
}
