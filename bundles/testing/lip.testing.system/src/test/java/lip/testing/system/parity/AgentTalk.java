package lip.testing.system.parity;

import java.util.ArrayList;
import java.util.List;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.messages.MessagesReply;
import lip.testing.system.parity.ParityInstance.Dialect;

/**
 * The requests of an agent that works for many turns: each one has all messages of the one before
 * and some more. Tools with parallel calls, reasoning, pictures from the user and from tools, cache
 * markers, failed calls, an answer without text.
 *
 * @param dialect how it speaks
 * @param moving whether the last turn has a cache marker, as agents do it: then what was the last
 *     turn looks different in the next request
 */
record AgentTalk(Dialect dialect, boolean moving) {
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  /** The bodies of that many turns. */
  List<JsonValue> requests(int turns) {
    List<JsonValue> bodies = new ArrayList<>();
    for (int last = 1; last <= turns; last++) {
      List<String> messages = new ArrayList<>();
      if (dialect == Dialect.CHAT) {
        messages.add(
            "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"You are an"
                + " agent.\"},{\"type\":\"text\",\"text\":\"Résumé of the"
                + " project.\",\"cache_control\":{\"type\":\"ephemeral\"}}]}");
      }
      messages.add(user("Fix the build \\u2014 please.", false));
      for (int turn = 1; turn < last; turn++) {
        boolean marked = moving && turn == last - 1;
        messages.addAll(dialect == Dialect.CHAT ? chat(turn, marked) : messages(turn, marked));
      }
      bodies.add(Verdict.json(body(String.join(",", messages))));
    }
    return bodies;
  }

  private String body(String messages) {
    return dialect == Dialect.CHAT
        ? """
        {"model":"x","max_completion_tokens":4096,"reasoning_effort":"high","tools":[\
        {"type":"function","function":{"name":"read","description":"Reads.","parameters":{"type":"object","properties":{"path":{"type":"string"},"a":{"type":"number"}},"required":["path"]}}},\
        {"type":"function","function":{"name":"shot","description":"Shows.","parameters":{"type":"object","properties":{}}}}],\
        "messages":[%s]}\
        """
            .formatted(messages)
        : """
        {"model":"x","max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2048},"system":[\
        {"type":"text","text":"You are an agent."},{"type":"text","text":"Résumé of the project.","cache_control":{"type":"ephemeral"}}],"tools":[\
        {"name":"read","description":"Reads.","input_schema":{"type":"object","properties":{"path":{"type":"string"},"a":{"type":"number"}},"required":["path"]}},\
        {"name":"shot","description":"Shows.","input_schema":{"type":"object","properties":{}},"cache_control":{"type":"ephemeral"}}],\
        "messages":[%s]}\
        """
            .formatted(messages);
  }

  private String user(String text, boolean picture) {
    String image =
        dialect == Dialect.CHAT
            ? ",{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
                + PIXEL
                + "\"}}"
            : "," + image();
    return "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\""
        + text
        + "\"}"
        + (picture ? image : "")
        + "]}";
  }

  private static String image() {
    return "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\""
        + PIXEL
        + "\"}}";
  }

  private List<String> chat(int turn, boolean marked) {
    List<String> messages = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    for (int call = 0; call <= turn % 3; call++) {
      calls.add(
          "{\"id\":\"call_%d_%d\",\"type\":\"function\",\"function\":{\"name\":\"read\",\"arguments\":\"{\\\"path\\\": \\\"f%d\\\", \\\"a\\\":1.50}\"}}"
              .formatted(turn, call, call));
    }
    String text = turn % 4 == 0 ? "null" : "\"Looking at it " + turn + ".\"";
    messages.add(
        "{\"role\":\"assistant\",\"content\":%s,\"reasoning_content\":\"Hm %d.\",\"tool_calls\":[%s]}"
            .formatted(text, turn, String.join(",", calls)));
    for (int call = 0; call <= turn % 3; call++) {
      String marker =
          marked && call == turn % 3 ? ",\"cache_control\":{\"type\":\"ephemeral\"}" : "";
      messages.add(
          "{\"role\":\"tool\",\"tool_call_id\":\"call_%d_%d\",\"content\":[{\"type\":\"text\",\"text\":\"line\\n%d\\t\\\"x\\\"\"%s}]}"
              .formatted(turn, call, turn, marker));
    }
    if (turn % 7 == 0) {
      messages.add(user("See " + turn, true));
    }
    return messages;
  }

  private List<String> messages(int turn, boolean marked) {
    List<String> calls = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (int call = 0; call <= turn % 3; call++) {
      calls.add(
          "{\"type\":\"tool_use\",\"id\":\"toolu_%d_%d\",\"name\":\"read\",\"input\":{\"path\": \"f%d\",\"a\":1.50}}"
              .formatted(turn, call, call));
      String picture = turn % 5 == 0 ? "," + image() : "";
      String marker =
          marked && call == turn % 3 ? ",\"cache_control\":{\"type\":\"ephemeral\"}" : "";
      results.add(
          "{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_%d_%d\",\"content\":[{\"type\":\"text\",\"text\":\"line\\n%d\\t\\\"x\\\"\"}%s]%s%s}"
              .formatted(
                  turn, call, turn, picture, turn % 9 == 0 ? ",\"is_error\":true" : "", marker));
    }
    String text =
        turn % 4 == 0 ? "" : "{\"type\":\"text\",\"text\":\"Looking at it " + turn + ".\"},";
    return List.of(
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm %d.\",\"signature\":\"%s\"},%s%s]}"
            .formatted(
                turn, MessagesReply.signature("Hm " + turn + "."), text, String.join(",", calls)),
        "{\"role\":\"user\",\"content\":[%s%s]}"
            .formatted(
                String.join(",", results),
                turn % 7 == 0 ? ",{\"type\":\"text\",\"text\":\"See this\"}," + image() : ""));
  }
}
