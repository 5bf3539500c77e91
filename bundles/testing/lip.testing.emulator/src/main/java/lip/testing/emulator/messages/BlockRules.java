package lip.testing.emulator.messages;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.Shape;

/**
 * What turns must look like: who speaks, blocks by role, results first and only in the turn behind
 * their calls, reasoning with a proof of this provider and never last.
 */
final class BlockRules {
  private static final int MOST = 100_000;
  private static final Shape FILLED = Shape.matching("(?s).*\\S.*");
  private static final Shape ID = Shape.matching("[a-zA-Z0-9_-]+");

  static final Map<String, Shape> TEXT =
      Map.of("text!", FILLED, "cache_control", Shape.OBJECT, "citations", Shape.ANY);

  private static final Shape SOURCE =
      Shape.typed(
          Map.of(
              "base64", Map.of("media_type!", Shape.STRING, "data!", Shape.STRING),
              "text", Map.of("media_type!", Shape.oneOf("text/plain"), "data!", Shape.STRING),
              "url", Map.of("url!", Shape.matching("https?://.+")),
              "file", Map.of("file_id!", Shape.STRING),
              "content", Map.of("content!", Shape.ANY)));

  private static final Map<String, Shape> IMAGE =
      Map.of("source!", SOURCE, "cache_control", Shape.OBJECT);

  private static final Map<String, Shape> DOCUMENT =
      Map.of(
          "source!", SOURCE,
          "title", Shape.STRING,
          "context", Shape.STRING,
          "citations", Shape.OBJECT,
          "cache_control", Shape.OBJECT);

  private static final Map<String, Shape> SEARCH =
      Map.of(
          "source!", Shape.STRING,
          "title!", Shape.STRING,
          "content!", Shape.list(1, MOST, Shape.typed(Map.of("text", TEXT))),
          "citations", Shape.OBJECT,
          "cache_control", Shape.OBJECT);

  private static final Shape RESULT_CONTENT =
      Shape.stringOr(
          Shape.list(
              0,
              MOST,
              Shape.typed(
                  Map.of(
                      "text", TEXT,
                      "image", IMAGE,
                      "document", DOCUMENT,
                      "search_result", SEARCH,
                      "tool_reference", Map.of("tool_name!", Shape.STRING)))));

  private static final Shape USER =
      Shape.typed(
          Map.of(
              "text", TEXT,
              "image", IMAGE,
              "document", DOCUMENT,
              "search_result", SEARCH,
              "tool_result",
                  Map.of(
                      "tool_use_id!",
                      ID,
                      "content",
                      RESULT_CONTENT,
                      "is_error",
                      Shape.BOOLEAN,
                      "cache_control",
                      Shape.OBJECT)));

  private static final Shape ASSISTANT = Shape.typed(assistant());

  private BlockRules() {}

  private static Map<String, Map<String, Shape>> assistant() {
    Map<String, Map<String, Shape>> types = new HashMap<>();
    types.put("text", TEXT);
    types.put(
        "tool_use",
        Map.of(
            "id!", ID,
            "name!", Shape.matching("[a-zA-Z0-9_-]{1,128}"),
            "input!", Shape.OBJECT,
            "caller", Shape.OBJECT,
            "cache_control", Shape.OBJECT));
    types.put("thinking", Map.of("thinking!", Shape.STRING, "signature!", Shape.STRING));
    types.put("redacted_thinking", Map.of("data!", Shape.STRING));
    types.put(
        "server_tool_use",
        Map.of("id!", ID, "name!", Shape.STRING, "input!", Shape.OBJECT, "caller", Shape.ANY));
    types.put("web_search_tool_result", Map.of("tool_use_id!", ID, "content!", Shape.ANY));
    return types;
  }

  static void check(JsonValue.Obj body, boolean systemTurns) {
    Set<String> open = Set.of();
    String before = "";
    int index = 0;
    for (JsonValue.Obj turn : MessagesRequest.objects(body.list("messages"))) {
      String path = "messages." + index;
      String role = turn.text("role");
      Shape.oneOf("user", "assistant", "system").check(path + ".role", turn.get("role"));
      Shape.need(systemTurns || !role.equals("system"), path + ".role", "system is not allowed");
      Shape.need(
          index > 0 || !role.equals("assistant"), path, "first message must use the user role");
      Shape.members(Map.of("role!", Shape.STRING, "content!", Shape.ANY)).check(path, turn);
      Shape content = Shape.list(1, MOST, role.equals("assistant") ? ASSISTANT : USER);
      if (turn.get("content") instanceof JsonValue.Text) {
        FILLED.check(path + ".content", turn.get("content"));
      } else {
        content.check(path + ".content", turn.get("content"));
      }
      List<JsonValue.Obj> blocks = MessagesRequest.blocks(turn.get("content"));
      // Turns of one role in a row are one turn to the provider.
      if (role.equals("assistant")) {
        Shape.need(open.isEmpty() || before.equals(role), path, missing(open));
        Set<String> more = new LinkedHashSet<>(before.equals(role) ? open : Set.of());
        more.addAll(calls(path, blocks));
        open = more;
      } else if (role.equals("user")) {
        open = results(path, blocks, open);
      }
      before = role;
      index++;
    }
    Shape.need(open.isEmpty(), "messages", missing(open));
  }

  private static String missing(Set<String> open) {
    return "tool_use ids were found without tool_result blocks immediately after: " + open;
  }

  private static Set<String> calls(String path, List<JsonValue.Obj> blocks) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonValue.Obj block : blocks) {
      if (block.text("type").equals("tool_use")) {
        Shape.need(ids.add(block.text("id")), path, "tool_use ids must be unique");
      }
      if (block.text("type").equals("thinking")) {
        Shape.need(
            block.text("signature").equals(MessagesReply.signature(block.text("thinking"))),
            path,
            "Invalid `signature` in `thinking` block");
      }
    }
    String last = blocks.isEmpty() ? "" : blocks.getLast().text("type");
    Shape.need(
        !last.endsWith("thinking"),
        path,
        "The final block in an assistant message cannot be thinking");
    return ids;
  }

  private static Set<String> results(String path, List<JsonValue.Obj> blocks, Set<String> open) {
    Set<String> left = new LinkedHashSet<>(open);
    boolean other = false;
    for (JsonValue.Obj block : blocks) {
      if (!block.text("type").equals("tool_result")) {
        other = true;
        continue;
      }
      String id = block.text("tool_use_id");
      Shape.need(
          left.remove(id), path, "unexpected tool_use_id found in tool_result blocks: " + id);
      Shape.need(!other, path, "tool_result blocks must come first");
    }
    Shape.need(left.isEmpty(), path, missing(left));
    return Set.of();
  }
}
