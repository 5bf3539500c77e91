package lip.testing.emulator.messages;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.ReceivedRequest;
import lip.testing.emulator.Shape;

/** What a request must look like, by version. */
final class MessagesRules {
  static final String OLD = "2023-06-01";
  static final String NEW = "2026-10-21";

  private static final int MOST = 100_000;
  private static final int MOST_MARKERS = 4;

  private static final Shape CACHE =
      Shape.members(
          Map.of("type!", Shape.oneOf("ephemeral"), "ttl", Shape.oneOf("5m", "1h").orNull()));

  /** Body members that are legal only together with a beta of this beginning. */
  private static final Map<String, String> PAIRS =
      Map.of("context_management", "context-management-", "mcp_servers", "mcp-client-");

  private static final Set<String> ANSWER_ONLY =
      Set.of(
          "max_tokens!",
          "stream",
          "stop_sequences",
          "metadata",
          "service_tier",
          "container",
          "temperature",
          "top_p",
          "top_k");

  private MessagesRules() {}

  static void check(ReceivedRequest http, JsonValue.Obj body, boolean tolerant) {
    check(http, body, fields(newest(http)), tolerant);
  }

  /** A request for a count has nothing that is about the answer. */
  static void checkCount(ReceivedRequest http, JsonValue.Obj body, boolean tolerant) {
    Map<String, Shape> fields = fields(newest(http));
    fields.keySet().removeAll(ANSWER_ONLY);
    check(http, body, fields, tolerant);
  }

  private static boolean newest(ReceivedRequest http) {
    String version = http.header("anthropic-version").orElse("");
    Shape.need(version.equals(OLD) || version.equals(NEW), "", "anthropic-version is not known");
    return version.equals(NEW);
  }

  private static void check(
      ReceivedRequest http, JsonValue.Obj body, Map<String, Shape> fields, boolean tolerant) {
    Shape.members(fields, tolerant).check("", body);
    String betas = http.header("anthropic-beta").orElse("");
    PAIRS.forEach((member, beta) ->
        Shape.need(
            !body.members().containsKey(member) || betas.contains(beta),
            member,
            "Extra inputs are not permitted"));
    thinking(body);
    tools(body);
    BlockRules.check(body, newest(http) || betas.contains("mid-conversation-system"));
    Shape.need(markers(body) <= MOST_MARKERS, "", "A maximum of 4 blocks with cache_control");
  }

  private static Map<String, Shape> fields(boolean newest) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    fields.put("model!", Shape.STRING);
    fields.put("max_tokens!", Shape.integer(newest ? 0 : 1, Integer.MAX_VALUE));
    fields.put("messages!", Shape.list(1, MOST, Shape.OBJECT));
    fields.put(
        "system",
        Shape.stringOr(Shape.list(0, MOST, Shape.typed(Map.of("text", BlockRules.TEXT)))));
    fields.put("stream", Shape.BOOLEAN);
    fields.put("stop_sequences", Shape.list(0, MOST, Shape.matching("(?s).*\\S.*")));
    fields.put("tools", Shape.list(0, MOST, Shape.OBJECT));
    fields.put("tool_choice", Shape.OBJECT);
    fields.put("thinking", Shape.OBJECT);
    fields.put(
        "output_config",
        Shape.members(
            Map.of(
                "effort", Shape.oneOf("low", "medium", "high", "xhigh", "max"),
                "format",
                    Shape.members(
                        Map.of("type!", Shape.oneOf("json_schema"), "schema!", Shape.OBJECT)))));
    fields.put("metadata", Shape.members(Map.of("user_id", Shape.STRING.orNull())));
    fields.put("service_tier", Shape.oneOf("auto", "standard_only"));
    fields.put("cache_control", CACHE);
    for (String any :
        new String[] {
          "container", "context_management", "mcp_servers", "speed", "inference_geo", "diagnostics"
        }) {
      fields.put(any, Shape.ANY);
    }
    if (!newest) {
      fields.put("temperature", Shape.number(0, 1));
      fields.put("top_p", Shape.number(0, 1));
      fields.put("top_k", Shape.integer(0, 1_000));
    }
    return fields;
  }

  private static void thinking(JsonValue.Obj body) {
    if (!(body.get("thinking") instanceof JsonValue.Obj thinking)) {
      return;
    }
    Shape.typed(
            Map.of(
                "enabled",
                    Map.of(
                        "budget_tokens!",
                        Shape.integer(1_024, Integer.MAX_VALUE),
                        "display",
                        Shape.STRING),
                "adaptive", Map.of("display", Shape.STRING),
                "disabled", Map.of()))
        .check("thinking", thinking);
    if (thinking.text("type").equals("enabled")
        && thinking.get("budget_tokens") instanceof JsonValue.Num budget
        && body.get("max_tokens") instanceof JsonValue.Num max) {
      Shape.need(
          budget.value().compareTo(max.value()) < 0,
          "max_tokens",
          "must be greater than thinking.budget_tokens");
      String choice =
          body.get("tool_choice") instanceof JsonValue.Obj object ? object.text("type") : "";
      Shape.need(
          !choice.equals("any") && !choice.equals("tool"),
          "tool_choice",
          "Thinking may not be enabled when tool_choice forces tool use.");
    }
  }

  private static void tools(JsonValue.Obj body) {
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonValue.Obj tool : MessagesRequest.objects(body.list("tools"))) {
      String path = "tools." + index++;
      String type = tool.text("type");
      if (type.isEmpty() || type.equals("custom")) {
        Shape.need(tool.get("input_schema") instanceof JsonValue.Obj, path, "needs input_schema");
        JsonValue.Obj schema = (JsonValue.Obj) tool.get("input_schema");
        Shape.need(
            schema.text("type").equals("object"), path + ".input_schema.type", "must be object");
        Shape.matching("[a-zA-Z0-9_-]{1,128}").check(path + ".name", tool.get("name"));
      }
      Shape.need(names.add(tool.text("name")), path, "Tool names must be unique.");
    }
    if (body.get("tool_choice") instanceof JsonValue.Obj choice) {
      Shape alone = Shape.BOOLEAN;
      Shape.typed(
              Map.of(
                  "auto", Map.of("disable_parallel_tool_use", alone),
                  "any", Map.of("disable_parallel_tool_use", alone),
                  "tool", Map.of("name!", Shape.STRING, "disable_parallel_tool_use", alone),
                  "none", Map.of()))
          .check("tool_choice", choice);
      Shape.need(!names.isEmpty(), "tool_choice", "may only be specified while providing tools");
      Shape.need(
          !choice.text("type").equals("tool") || names.contains(choice.text("name")),
          "tool_choice.name",
          "is not a tool");
    }
  }

  private static long markers(JsonValue value) {
    return switch (value) {
      case JsonValue.Obj object ->
          (object.get("cache_control") instanceof JsonValue.Obj ? 1 : 0)
              + sum(object.members().values().stream());
      case JsonValue.Arr(List<JsonValue> elements) -> sum(elements.stream());
      default -> 0;
    };
  }

  private static long sum(Stream<JsonValue> values) {
    return values.mapToLong(MessagesRules::markers).sum();
  }
}
