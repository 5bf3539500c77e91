package lip.api.call;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lip.api.InvalidCall;
import lip.api.Limits;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import org.jspecify.annotations.Nullable;

/** The rules that span several fields of a call; each type checks its own. */
final class CallRules {
  private CallRules() {}

  static void check(Call call) {
    if (call.id().isEmpty()) {
      throw new InvalidCall("id", "is empty");
    }
    InvalidCall.checkLength("id", call.id(), Limits.CALL_ID);
    oneLine("route", call.route(), Limits.ROUTE_SELECTOR);
    oneLine("model", call.model(), Limits.MODEL);
    if (call.messages().isEmpty()) {
      throw new InvalidCall("messages", "at least one message is needed");
    }
    InvalidCall.checkCount("messages", call.messages().size(), Limits.MESSAGES);
    InvalidCall.checkCount("instructions", call.instructions().size(), Limits.INSTRUCTIONS);
    Set<String> names = new HashSet<>();
    InvalidCall.checkCount("tools", collect(call.tools(), names), Limits.TOOLS);
    checkChoice(call.toolChoice(), names);
    call.extensions()
        .byDialect()
        .forEach((_, fields) -> {
          InvalidCall.checkCount("extensions", fields.size(), Limits.EXTENSION_KEYS);
          fields.forEach((name, value) -> {
            InvalidCall.checkLength("extensions", name, Limits.EXTENSION_KEY);
            if (value.length() > Limits.EXTENSION_VALUE) {
              throw new InvalidCall(
                  name,
                  value.length() + " bytes, at most " + Limits.EXTENSION_VALUE + " are allowed");
            }
          });
        });
  }

  private static void checkChoice(ToolChoice choice, Set<String> names) {
    switch (choice) {
      case ToolChoice.Named(_, String name) -> {
        if (!names.contains(name)) {
          throw new InvalidCall("tool_choice", "names a tool that is not declared");
        }
      }
      case ToolChoice.Allowed(_, List<String> allowed) -> {
        if (!names.containsAll(allowed)) {
          throw new InvalidCall("tool_choice", "allows a tool that is not declared");
        }
      }
      case ToolChoice.Auto _, ToolChoice.None _, ToolChoice.Any _, ToolChoice.Other _ -> {}
    }
  }

  private static int collect(List<Tool> tools, Set<String> names) {
    int count = 0;
    for (Tool tool : tools) {
      names.add(tool.name());
      count += tool instanceof Tool.Namespace space ? 1 + collect(space.tools(), names) : 1;
    }
    return count;
  }

  private static void oneLine(String field, @Nullable String value, int limit) {
    if (value == null) {
      return;
    }
    InvalidCall.checkLength(field, value, limit);
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new InvalidCall(field, "has a control character at position " + i);
      }
    }
  }
}
