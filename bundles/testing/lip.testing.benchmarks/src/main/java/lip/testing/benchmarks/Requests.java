package lip.testing.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import lip.testing.benchmarks.upstream.Dialect;

/** The requests of clients, the same in each run. */
public final class Requests {
  private static final String MODEL = "{\"model\": \"bench\", ";

  private static final String SCHEMA =
      "{\"type\": \"object\", \"properties\": {\"path\": {\"type\": \"string\", \"description\": "
          + "\"Absolute path of the file to read or to write\"}, \"count\": {\"type\": "
          + "\"integer\", \"minimum\": 0, \"maximum\": 100000}, \"mode\": {\"type\": "
          + "\"string\", \"enum\": [\"read\", \"write\", \"append\"]}, \"lines\": {\"type\": "
          + "\"array\", \"items\": {\"type\": \"string\"}}}, \"required\": [\"path\"], "
          + "\"additionalProperties\": false}";

  private Requests() {}

  /** About 1 KB, one question. */
  public static byte[] small(Dialect dialect, boolean stream) {
    String question =
        "{\"role\": \"user\", \"content\": \""
            + "hello world, please say something. ".repeat(23)
            + "\"}]}";
    String text =
        MODEL
            + "\"stream\": "
            + stream
            + ", \"temperature\": 0.7, "
            + switch (dialect) {
              case CHAT ->
                  "\"messages\": [{\"role\": \"system\", \"content\": \"You are helpful.\"}, ";
              case MESSAGES ->
                  "\"max_tokens\": 4096, \"system\": \"You are helpful.\", \"messages\": [";
            }
            + question;
    return text.getBytes(UTF_8);
  }

  /**
   * About 28 KB as a coding agent sends it: 40 messages with calls of tools, 20 tools. In Messages
   * the same conversation has 27 turns: results and the question behind them are one.
   */
  public static byte[] large(Dialect dialect, boolean stream) {
    return switch (dialect) {
      case CHAT -> largeChat(stream);
      case MESSAGES -> largeMessages(stream);
    };
  }

  private static byte[] largeChat(boolean stream) {
    var json = new StringBuilder(MODEL);
    json.append("\"stream\": ").append(stream);
    json.append(", \"temperature\": 0.7, \"max_tokens\": 4096, \"messages\": [");
    json.append("{\"role\": \"system\", \"content\": \"You are a helpful coding agent.\"}");
    for (int turn = 0; turn < 13; turn++) {
      turn(json, turn);
    }
    json.append("], \"tools\": [");
    for (int tool = 0; tool < 20; tool++) {
      tool(json, tool);
    }
    return json.append("]}").toString().getBytes(UTF_8);
  }

  private static void turn(StringBuilder json, int turn) {
    json.append(", {\"role\": \"user\", \"content\": \"");
    json.append("Look at src/main/App.java and say what's wrong with it.\\n".repeat(6));
    json.append("\"}, {\"role\": \"assistant\", \"content\": \"I will call a tool.\\n\", ");
    json.append("\"tool_calls\": [{\"id\": \"call_").append(turn);
    json.append("\", \"type\": \"function\", \"function\": {\"name\": \"tool_").append(turn);
    json.append("\", \"arguments\": \"{\\\"path\\\": \\\"src/main/App.java\\\", \\\"count\\\": ");
    json.append(turn).append("}\"}}]}, {\"role\": \"tool\", \"tool_call_id\": \"call_");
    json.append(turn).append("\", \"content\": \"");
    json.append(
        "class App {\\n\\tvoid run() {\\n\\t\\tprint(\\\"\\u00e4h, caf\u00e9\\\");\\n\\t}\\n}\\n"
            .repeat(10));
    json.append("\"}");
  }

  private static void tool(StringBuilder json, int tool) {
    json.append(tool == 0 ? "" : ", ");
    json.append("{\"type\": \"function\", \"function\": {\"name\": \"tool_").append(tool);
    json.append("\", \"description\": \"Does one of the things an agent needs, number ");
    json.append(tool).append(", and tells what came of it.\", \"parameters\": ");
    json.append(SCHEMA).append("}}");
  }

  private static byte[] largeMessages(boolean stream) {
    var json = new StringBuilder(MODEL);
    json.append("\"stream\": ").append(stream);
    json.append(", \"temperature\": 0.7, \"max_tokens\": 4096, \"system\": [{\"type\": \"text\", ");
    json.append("\"text\": \"You are a helpful coding agent.\", \"cache_control\": {\"type\": ");
    json.append("\"ephemeral\"}}], \"messages\": [");
    for (int turn = 0; turn < 13; turn++) {
      json.append(turn == 0 ? "" : ", ").append("{\"role\": \"user\", \"content\": [");
      if (turn > 0) {
        result(json, turn - 1);
        json.append(", ");
      }
      json.append("{\"type\": \"text\", \"text\": \"");
      json.append("Look at src/main/App.java and say what's wrong with it.\\n".repeat(6));
      json.append("\"}]}, {\"role\": \"assistant\", \"content\": [{\"type\": \"text\", \"text\": ");
      json.append("\"I will call a tool.\\n\"}, {\"type\": \"tool_use\", \"id\": \"call_");
      json.append(turn).append("\", \"name\": \"tool_").append(turn);
      json.append("\", \"input\": {\"path\": \"src/main/App.java\", \"count\": ");
      json.append(turn).append("}}]}");
    }
    json.append(", {\"role\": \"user\", \"content\": [");
    result(json, 12);
    json.append("]}], \"tools\": [");
    for (int tool = 0; tool < 20; tool++) {
      json.append(tool == 0 ? "" : ", ").append("{\"name\": \"tool_").append(tool);
      json.append("\", \"description\": \"Does one of the things an agent needs, number ");
      json.append(tool).append(", and tells what came of it.\", \"input_schema\": ");
      json.append(SCHEMA).append("}");
    }
    return json.append("]}").toString().getBytes(UTF_8);
  }

  private static void result(StringBuilder json, int turn) {
    json.append("{\"type\": \"tool_result\", \"tool_use_id\": \"call_").append(turn);
    json.append("\", \"content\": \"");
    json.append(
        "class App {\\n\\tvoid run() {\\n\\t\\tprint(\\\"\\u00e4h, caf\u00e9\\\");\\n\\t}\\n}\\n"
            .repeat(10));
    json.append("\"}");
  }
}
