package lip.testing.kit;

import java.util.ArrayList;
import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.JsonString;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.tool.Tool;

/** Calls for tests, in one line each. */
public final class Calls {
  /** Id of every call made here. */
  public static final String ID = CountingIds.id("trace_", 1);

  private Calls() {}

  /** A streaming Chat Completions call with one user message. */
  public static Call text(String text) {
    return builder(Message.text(Role.USER, text)).build();
  }

  /** A streaming Chat Completions call with these messages, to go on with. */
  public static Call.Builder builder(Message... messages) {
    return builder(Dialect.OPENAI_CHAT, messages);
  }

  /** A streaming call of a dialect with these messages, to go on with. */
  public static Call.Builder builder(Dialect dialect, Message... messages) {
    return Call.builder(ID, dialect)
        .model("test-model")
        .streaming(true)
        .messages(List.of(messages));
  }

  /** A function tool with this parameter schema. */
  public static Tool function(String name, String schema) {
    return new Tool.Function(
        name, JsonString.of("Test tool " + name), Json.of(schema), null, Meta.NONE);
  }

  /** A whole tool turn: the question, the model's call, the tool's answer. */
  public static List<Message> toolTurn(
      String question, String callId, String tool, String arguments, String result) {
    List<Message> turn = new ArrayList<>();
    turn.add(Message.text(Role.USER, question));
    turn.add(Message.of(Role.ASSISTANT, List.of(Part.ToolCall.of(callId, tool, arguments))));
    turn.add(Message.of(Role.TOOL, List.of(Part.ToolResult.of(callId, result))));
    return turn;
  }
}
