package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lip.api.CacheMarker;
import lip.api.Dialect;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.backend.openai.legacy.profile.Server;
import lip.frontend.openai.legacy.OpenAiLegacyRequests;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each server is sent for the same call: one row a call, one column a server. */
class ProfilesTest {
  private static final List<Server> COLUMNS =
      List.of(
          Server.COMPATIBLE,
          Server.OPENAI,
          Server.OPENROUTER,
          Server.DEEPSEEK,
          Server.OLLAMA,
          Server.VLLM,
          Server.LLAMA_CPP,
          Server.LM_STUDIO);

  /**
   * Case, then per server which of the case's forms is sent. Forms are the fragments named in
   * {@link #fragment}; a dash in front means that it is not there.
   */
  private static final String TABLE =
      """
      most-foreign       max_tokens max_compl  max_tokens max_tokens max_tokens max_tokens max_tokens max_tokens
      most-chat          max_compl  max_compl  max_compl  max_tokens max_tokens max_compl  max_tokens max_tokens
      developer-foreign  system     developer  system     system     system     system     system     system
      developer-chat     developer  developer  system     system     system     system     system     system
      late-system        kept       kept       kept       kept       kept       kept       first      first
      neighbours         kept       kept       kept       kept       kept       kept       merged     kept
      several-texts      parts      parts      parts      text       parts      parts      parts      parts
      no-text            null       null       null       null       null       null       null       empty
      thoughts-foreign   content    none       reasoning  content    reasoning  reasoning  content    content
      thoughts-chat      both       both       reasoning  content    reasoning  reasoning  content    content
      details-chat       details    details    details    -details   -details   -details   -details   -details
      parallel           parallel   parallel   parallel   -parallel  -parallel  parallel   parallel   -parallel
      strict             strict     strict     strict     -strict    -strict    strict     -strict    -strict
      named              named      named      named      named      required   named      required   required
      marker-foreign     -marker    -marker    marker     -marker    -marker    -marker    -marker    -marker
      top-k-foreign      top_k      -top_k     top_k      top_k      top_k      top_k      top_k      top_k
      picture-address    address    address    address    address    -address   address    address    address
      stream             usage      usage      usage      usage      usage      usage      usage      usage
      """;

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    TABLE
        .lines()
        .forEach(line -> {
          List<String> row = Arrays.asList(line.strip().split("\\s+", -1));
          assertThat(row).as(line).hasSize(COLUMNS.size() + 1);
          for (int i = 0; i < COLUMNS.size(); i++) {
            cells.add(Arguments.of(row.getFirst(), COLUMNS.get(i), row.get(i + 1)));
          }
        });
    return cells.stream();
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @MethodSource("cells")
  void sends(String name, Server server, String form) throws Exception {
    String sent = sent(server, call(name));
    if (form.startsWith("-")) {
      assertThat(sent).doesNotContain(fragment(name, form.substring(1)));
    } else {
      assertThat(sent).contains(fragment(name, form));
    }
  }

  private static Call call(String name) throws Exception {
    return switch (name) {
      case "most-foreign" -> foreign(Options.builder().maxOutputTokens(17).build(), user("x"));
      case "most-chat" ->
          chat("{\"role\":\"user\",\"content\":\"x\"}", "\"max_completion_tokens\":17");
      case "developer-foreign" ->
          foreign(Options.NONE, Message.text(Role.DEVELOPER, "d"), user("x"));
      case "developer-chat" ->
          chat(
              "{\"role\":\"developer\",\"content\":\"d\"},{\"role\":\"user\",\"content\":\"x\"}",
              "");
      case "late-system" ->
          chat("{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"system\",\"content\":\"s\"}", "");
      case "neighbours" ->
          chat("{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}", "");
      case "several-texts" ->
          chat(
              "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"text\",\"text\":\"y\"}]}",
              "");
      case "no-text" -> chat(assistant("\"content\":null"), "");
      case "thoughts-foreign" ->
          foreign(
              Options.NONE,
              user("x"),
              Message.of(
                  Role.ASSISTANT,
                  List.of(
                      Part.Reasoning.of(Dialect.ANTHROPIC, "why"),
                      Part.ToolCall.of("c", "f", "{}"))),
              Message.of(Role.TOOL, List.of(Part.ToolResult.of("c", "r"))));
      // What a client has that got both names from our own frontend.
      case "thoughts-chat" ->
          chat(assistant("\"reasoning_content\":\"why\",\"reasoning\":\"why\""), "");
      case "details-chat" ->
          chat(
              assistant(
                  "\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"z\"}]"),
              "");
      case "parallel" ->
          chat("{\"role\":\"user\",\"content\":\"x\"}", "\"parallel_tool_calls\":false," + TOOLS);
      case "strict" -> chat("{\"role\":\"user\",\"content\":\"x\"}", TOOLS);
      case "named" ->
          chat(
              "{\"role\":\"user\",\"content\":\"x\"}",
              TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}");
      case "marker-foreign" ->
          foreign(
              Options.NONE,
              Message.of(
                  Role.USER,
                  List.of(
                      new Part.Text(
                          "x", List.of(), null, Meta.cached(new CacheMarker("ephemeral", null))))));
      case "top-k-foreign" -> foreign(Options.builder().topK(3).build(), user("x"));
      case "picture-address" ->
          chat(
              "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y.png\"}}]}",
              "");
      case "stream" -> chat("{\"role\":\"user\",\"content\":\"x\"}", "");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String fragment(String name, String form) {
    return switch (form) {
      case "max_tokens" -> "\"max_tokens\":17";
      case "max_compl" -> "\"max_completion_tokens\":17";
      case "system" -> "{\"role\":\"system\",\"content\":\"d\"}";
      case "developer" -> "{\"role\":\"developer\",\"content\":\"d\"}";
      case "kept" ->
          name.equals("neighbours")
              ? "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}"
              : "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"system\",\"content\":\"s\"}";
      case "first" ->
          "[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"x\"}]";
      case "merged" ->
          "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"text\",\"text\":\"y\"}]}]";
      case "parts" ->
          "\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"text\",\"text\":\"y\"}]";
      case "text" -> "\"content\":\"x\\n\\ny\"";
      case "null" -> "\"content\":null";
      case "empty" -> "\"content\":\"\"";
      case "content" -> "\"reasoning_content\":\"why\",\"tool_calls\"";
      case "reasoning" -> "\"content\":null,\"reasoning\":\"why\",\"tool_calls\"";
      case "both" -> "\"reasoning_content\":\"why\",\"reasoning\":\"why\"";
      case "none" -> "\"content\":null,\"tool_calls\"";
      case "details" -> "\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"z\"}]";
      case "parallel" -> "\"parallel_tool_calls\":false";
      case "strict" -> "\"strict\":true";
      case "named" -> "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
      case "required" -> "\"tool_choice\":\"required\"";
      case "marker" -> "\"cache_control\":{\"type\":\"ephemeral\"}";
      case "top_k" -> "\"top_k\":3";
      case "address" -> "https://x/y.png";
      case "usage" -> "\"stream_options\":{\"include_usage\":true}";
      default -> throw new IllegalArgumentException(form);
    };
  }

  private static final String TOOLS =
      "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"},\"strict\":true}}]";

  private static String assistant(String members) {
    return "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\","
        + members
        + ",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
        + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}";
  }

  private static Message user(String text) {
    return Message.text(Role.USER, text);
  }

  private static Call foreign(Options options, Message... messages) {
    return Call.builder("call-1", Dialect.ANTHROPIC)
        .messages(List.of(messages))
        .options(options)
        .build();
  }

  private static Call chat(String messages, String fields) throws Exception {
    String body =
        "{\"model\":\"m\",\"messages\":["
            + messages
            + "]"
            + (fields.isEmpty() ? "" : "," + fields)
            + "}";
    return OpenAiLegacyRequests.decode(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String sent(Server server, Call call) throws Exception {
    FixedUpstream upstream = FixedUpstream.stream(Backends.ANSWER);
    Backends.of(upstream, Map.of("models", "m", "profile", server.word()))
        .open(new TestAttempt("m", call));
    return upstream.lastBody();
  }
}
