package lip.testing.emulator.chat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.testing.emulator.Illegal;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.Shape;

/**
 * What messages must look like role by role, and that tool results answer the calls just before
 * them.
 */
final class MessageRules {
  private static final int MAX_PARTS = 2_048;

  private static final Map<String, Shape> TEXT =
      Map.of("text!", Shape.STRING, "cache_control", Shape.OBJECT);

  private static final Shape TEXTS =
      Shape.stringOr(Shape.list(1, MAX_PARTS, Shape.typed(Map.of("text", TEXT))));

  private static final Shape USER_CONTENT =
      Shape.stringOr(
          Shape.list(
              1,
              MAX_PARTS,
              Shape.typed(
                  Map.of(
                      "text", TEXT,
                      "image_url",
                          Map.of(
                              "image_url!",
                              Shape.members(
                                  Map.of(
                                      "url!", Shape.matching("(?s)(https?://|data:image/).+"),
                                      "detail", Shape.oneOf("auto", "low", "high"))),
                              "cache_control",
                              Shape.OBJECT),
                      "input_audio",
                          Map.of(
                              "input_audio!",
                              Shape.members(
                                  Map.of(
                                      "data!",
                                      Shape.STRING,
                                      "format!",
                                      Shape.oneOf("wav", "mp3")))),
                      "file",
                          Map.of(
                              "file!",
                              Shape.members(
                                  Map.of(
                                      "file_data", Shape.STRING,
                                      "file_id", Shape.STRING,
                                      "filename", Shape.STRING)))))));

  private static final Shape ASSISTANT_CONTENT =
      Shape.stringOr(
          Shape.list(
              1,
              MAX_PARTS,
              Shape.typed(Map.of("text", TEXT, "refusal", Map.of("refusal!", Shape.STRING)))));

  private static final Map<String, Shape> ROLES =
      Map.of(
          "system", plain(TEXTS),
          "developer", plain(TEXTS),
          "user", plain(USER_CONTENT),
          "assistant",
              Shape.members(
                  Map.of(
                      "role!", Shape.STRING,
                      "content", ASSISTANT_CONTENT.orNull(),
                      "name", Shape.STRING,
                      "refusal", Shape.STRING.orNull(),
                      "tool_calls", ToolRules.CALLS.orNull(),
                      "audio", Shape.OBJECT.orNull(),
                      "reasoning_content", Shape.STRING.orNull(),
                      "reasoning", Shape.STRING.orNull(),
                      "reasoning_details", Shape.list(0, MAX_PARTS, Shape.OBJECT).orNull(),
                      "annotations", Shape.list(0, MAX_PARTS, Shape.OBJECT).orNull())),
          "tool",
              Shape.members(
                  Map.of(
                      "role!",
                      Shape.STRING,
                      "content!",
                      TEXTS,
                      "tool_call_id!",
                      Shape.matching("(?s).{1,256}"),
                      "name",
                      Shape.STRING)));

  /** All messages of a request. */
  static final Shape MESSAGES =
      Shape.list(1, 4_096, MessageRules::message)
          .and((path, value) -> pairing(path, ((JsonValue.Arr) value).elements()));

  private MessageRules() {}

  private static Shape plain(Shape content) {
    return Shape.members(Map.of("role!", Shape.STRING, "content!", content, "name", Shape.STRING));
  }

  private static void message(String path, JsonValue value) {
    if (!(value instanceof JsonValue.Obj message)) {
      throw new Illegal(path, "must be an object");
    }
    Shape shape = ROLES.get(message.text("role"));
    if (shape == null) {
      throw new Illegal(
          path + ".role", "must be one of " + ROLES.keySet().stream().sorted().toList());
    }
    shape.check(path, value);
    if (message.text("role").equals("assistant")) {
      boolean said =
          List.of("content", "tool_calls", "refusal", "audio").stream()
              .anyMatch(field -> !message.get(field).equals(JsonValue.Null.NULL));
      Shape.need(said, path + ".content", "is required when there are no tool_calls");
    }
  }

  /**
   * Each call has exactly one result, right behind the message of the call; no result stands alone.
   */
  private static void pairing(String path, List<JsonValue> messages) {
    Set<String> open = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonValue.Obj message = (JsonValue.Obj) messages.get(i);
      String here = path + "[" + i + "]";
      if (message.text("role").equals("tool")) {
        String id = message.text("tool_call_id");
        Shape.need(
            open.remove(id),
            here + ".tool_call_id",
            "answers no open call of the assistant message before it");
        continue;
      }
      Shape.need(open.isEmpty(), here, "follows tool calls that have no result yet");
      for (JsonValue call : message.list("tool_calls")) {
        Shape.need(
            open.add(((JsonValue.Obj) call).text("id")),
            here + ".tool_calls",
            "has an id that stands twice");
      }
    }
    Shape.need(open.isEmpty(), path, "must end with a result for each tool call");
  }
}
