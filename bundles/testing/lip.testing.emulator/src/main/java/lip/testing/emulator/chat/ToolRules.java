package lip.testing.emulator.chat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.Shape;

/**
 * What tools, tool choices and tool calls must look like, and that choices name tools that exist.
 */
final class ToolRules {
  private static final Shape NAME = Shape.matching("[a-zA-Z0-9_-]{1,64}");

  private static final Shape FORMAT =
      Shape.typed(
          Map.of(
              "text", Map.of(),
              "grammar",
                  Map.of(
                      "grammar!",
                      Shape.members(
                          Map.of(
                              "definition!",
                              Shape.STRING,
                              "syntax!",
                              Shape.oneOf("lark", "regex"))))));

  static final Shape TOOLS =
      Shape.list(
          1,
          128,
          Shape.typed(
              Map.of(
                  "function",
                      Map.of(
                          "function!",
                          Shape.members(
                              Map.of(
                                  "name!", NAME,
                                  "description", Shape.STRING.orNull(),
                                  "parameters", Shape.OBJECT.orNull(),
                                  "strict", Shape.BOOLEAN.orNull()))),
                  "custom",
                      Map.of(
                          "custom!",
                          Shape.members(
                              Map.of(
                                  "name!", NAME,
                                  "description", Shape.STRING.orNull(),
                                  "format", FORMAT.orNull()))))));

  private static final Shape NAMED =
      Shape.typed(
          Map.of(
              "function", Map.of("function!", Shape.members(Map.of("name!", NAME))),
              "custom", Map.of("custom!", Shape.members(Map.of("name!", NAME)))));

  static final Shape CHOICE =
      (path, value) -> {
        if (value instanceof JsonValue.Text) {
          Shape.oneOf("none", "auto", "required").check(path, value);
          return;
        }
        Shape.typed(
                Map.of(
                    "function", Map.of("function!", Shape.members(Map.of("name!", NAME))),
                    "custom", Map.of("custom!", Shape.members(Map.of("name!", NAME))),
                    "allowed_tools",
                        Map.of(
                            "allowed_tools!",
                            Shape.members(
                                Map.of(
                                    "mode!", Shape.oneOf("auto", "required"),
                                    "tools!", Shape.list(1, 128, NAMED))))))
            .check(path, value);
      };

  /** Calls in the history. */
  static final Shape CALLS =
      Shape.list(
          1,
          128,
          Shape.typed(
              Map.of(
                  "function",
                      Map.of(
                          "id!", Shape.matching("(?s).{1,256}"),
                          "function!",
                              Shape.members(Map.of("name!", NAME, "arguments!", Shape.STRING)),
                          "extra_content", Shape.OBJECT),
                  "custom",
                      Map.of(
                          "id!", Shape.matching("(?s).{1,256}"),
                          "custom!",
                              Shape.members(Map.of("name!", NAME, "input!", Shape.STRING))))));

  private ToolRules() {}

  /** Rules over several fields. */
  static void check(JsonValue.Obj body) {
    Set<String> names = new HashSet<>();
    List<JsonValue> tools = body.list("tools");
    for (int i = 0; i < tools.size(); i++) {
      String name = name(tools.get(i));
      Shape.need(names.add(name), "tools[" + i + "]", "has a name that stands twice");
    }
    JsonValue choice = body.get("tool_choice");
    for (String field : List.of("tool_choice", "parallel_tool_calls")) {
      boolean set = !body.get(field).equals(JsonValue.Null.NULL);
      Shape.need(!set || !tools.isEmpty(), field, "is only allowed together with tools");
    }
    if (choice instanceof JsonValue.Obj object) {
      List<JsonValue> named =
          object.get("allowed_tools") instanceof JsonValue.Obj allowed
              ? allowed.list("tools")
              : List.of(choice);
      for (JsonValue one : named) {
        Shape.need(names.contains(name(one)), "tool_choice", "names a tool that is not offered");
      }
    }
  }

  private static String name(JsonValue tool) {
    return tool instanceof JsonValue.Obj object
            && object.get(object.text("type")) instanceof JsonValue.Obj inner
        ? inner.text("name")
        : "";
  }
}
