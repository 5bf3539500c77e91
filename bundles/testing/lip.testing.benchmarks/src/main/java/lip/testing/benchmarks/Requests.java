package lip.testing.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chat requests, the same in each run. */
public final class Requests {
  private static final String MODEL = "{\"model\": \"bench\", ";

  private Requests() {}

  /** About 1 KB, one question. */
  public static byte[] small(boolean stream) {
    return (MODEL
            + "\"stream\": "
            + stream
            + ", \"temperature\": 0.7, \"messages\": [{\"role\": \"system\", \"content\": \"You are"
            + " helpful.\"}, {\"role\": \"user\", \"content\": \""
            + "hello world, please say something. ".repeat(23)
            + "\"}]}")
        .getBytes(UTF_8);
  }

  /** About 28 KB as a coding agent sends it: 40 messages with calls of tools, 20 tools. */
  public static byte[] large(boolean stream) {
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
    json.append(tool).append(", and tells what came of it.\", \"parameters\": {\"type\": ");
    json.append("\"object\", \"properties\": {\"path\": {\"type\": \"string\", \"description\": ");
    json.append("\"Absolute path of the file to read or to write\"}, \"count\": {\"type\": ");
    json.append("\"integer\", \"minimum\": 0, \"maximum\": 100000}, \"mode\": {\"type\": ");
    json.append("\"string\", \"enum\": [\"read\", \"write\", \"append\"]}, \"lines\": {\"type\": ");
    json.append("\"array\", \"items\": {\"type\": \"string\"}}}, \"required\": [\"path\"], ");
    json.append("\"additionalProperties\": false}}}");
  }

  /** Writes a request into a file; returns its path. */
  static String file(Path folder, String name, byte[] request) throws IOException {
    return Files.write(folder.resolve(name), request).toString();
  }
}
