package lip.launcher;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Request bodies as small tools and as coding agents send them, of both dialects. */
enum TrainingBodies {
  /** OpenAI Chat Completions. */
  CHAT("/v1/chat/completions") {
    @Override
    String tool(int n) {
      return """
      {"type":"function","function":{"name":"tool_%d","description":%s,"parameters":%s}}\
      """
          .formatted(n, PURPOSE, SCHEMA);
    }

    @Override
    String step(int n) {
      return """
      {"role":"user","content":%1$s},
      {"role":"assistant","content":"Looking.","tool_calls":[{"id":"call_%2$d","type":"function",\
      "function":{"name":"tool_%3$d","arguments":"{\\"path\\":\\"src/main/file_%2$d.txt\\",\\"count\\":%2$d}"}}]},
      {"role":"tool","tool_call_id":"call_%2$d","content":%4$s}\
      """
          .formatted(QUESTION, n, n % TOOLS, FINDING);
    }
  },
  /** Anthropic Messages. */
  MESSAGES("/v1/messages") {
    @Override
    String tool(int n) {
      return """
      {"name":"tool_%d","description":%s,"input_schema":%s}\
      """
          .formatted(n, PURPOSE, SCHEMA);
    }

    @Override
    String step(int n) {
      return """
      {"role":"user","content":[{"type":"text","text":%1$s}]},
      {"role":"assistant","content":[{"type":"text","text":"Looking."},{"type":"tool_use","id":"call_%2$d",\
      "name":"tool_%3$d","input":{"path":"src/main/file_%2$d.txt","count":%2$d}}]},
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_%2$d","content":%4$s}]}\
      """
          .formatted(QUESTION, n, n % TOOLS, FINDING);
    }
  };

  private static final int TOOLS = 20;
  private static final int STEPS = 12;
  private static final String PURPOSE =
      "\"Reads or writes what it is asked for, with \\\"care\\\", and tells what it found.\"";
  private static final String SCHEMA =
      """
      {"type":"object","properties":{"path":{"type":"string","description":"where the file lies"},\
      "count":{"type":"integer","minimum":0},"mode":{"type":"string","enum":["read","write","list"]}},\
      "required":["path"]}\
      """;
  private static final String QUESTION =
      text("Why does this line fail, and what would you write instead of it?\\n", 6);
  private static final String FINDING =
      text("  12 | if (left != null && right.name().equals(\\\"naïve\\\")) {\\t// ok\\n", 18);

  private final String path;

  TrainingBodies(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** One tool of a request. */
  abstract String tool(int n);

  /** A question, the tool call that follows, and its result. */
  abstract String step(int n);

  /** One short question. */
  String small(String model, boolean streamed) {
    return body(model, streamed, "");
  }

  /** A conversation of an agent, about 28 KB. */
  String large(String model, boolean streamed) {
    String tools = IntStream.range(0, TOOLS).mapToObj(this::tool).collect(Collectors.joining(","));
    String steps = IntStream.range(0, STEPS).mapToObj(this::step).collect(Collectors.joining(","));
    return body(model, streamed, "\"tools\":[" + tools + "],\"messages\":[" + steps + ",");
  }

  private static String body(String model, boolean streamed, String before) {
    return """
    {"model":"%s","stream":%s,"max_tokens":256,"temperature":0.5,%s{"role":"user",\
    "content":"Say something that is a few words long."}]}\
    """
        .formatted(model, streamed, before.isEmpty() ? "\"messages\":[" : before);
  }

  private static String text(String line, int times) {
    return '"' + line.repeat(times) + '"';
  }
}
