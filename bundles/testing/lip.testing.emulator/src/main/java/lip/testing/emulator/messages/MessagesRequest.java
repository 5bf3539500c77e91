package lip.testing.emulator.messages;

import java.util.List;
import java.util.Optional;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.ReceivedRequest;

/** A legal Messages request, for scripts. */
public final class MessagesRequest {
  private final long number;
  private final ReceivedRequest http;
  private final JsonValue.Obj body;

  MessagesRequest(long number, ReceivedRequest http, JsonValue.Obj body) {
    this.number = number;
    this.http = http;
    this.body = body;
  }

  /** Counts the legal requests of an emulator from 1. */
  public long number() {
    return number;
  }

  /** As it came over the wire. */
  public ReceivedRequest http() {
    return http;
  }

  /** The body. */
  public JsonValue.Obj body() {
    return body;
  }

  /** Name of the model. */
  public String model() {
    return body.text("model");
  }

  /** Whether a stream is wanted. */
  public boolean streaming() {
    return body.get("stream").equals(JsonValue.of(true));
  }

  /** Names of the offered tools. */
  public List<String> tools() {
    return objects(body.list("tools")).stream().map(tool -> tool.text("name")).toList();
  }

  /** Blocks of the last turn; a text counts as one. */
  public List<JsonValue.Obj> lastBlocks() {
    List<JsonValue.Obj> turns = objects(body.list("messages"));
    return blocks(turns.getLast().get("content"));
  }

  /** Whether the last turn brings tool results. */
  public boolean afterTools() {
    return lastBlocks().stream().anyMatch(block -> block.text("type").equals("tool_result"));
  }

  /** Text of the last user turn, or of the last tool result; empty = none. */
  public Optional<String> lastText() {
    for (JsonValue.Obj block : lastBlocks().reversed()) {
      if (afterTools() && block.text("type").equals("tool_result")) {
        return Optional.of(textOf(block.get("content")));
      }
      if (!afterTools() && block.text("type").equals("text")) {
        return Optional.of(block.text("text"));
      }
    }
    return Optional.empty();
  }

  static String textOf(JsonValue content) {
    return String.join("", blocks(content).stream().map(block -> block.text("text")).toList());
  }

  static List<JsonValue.Obj> blocks(JsonValue content) {
    return switch (content) {
      case JsonValue.Text(String text) -> List.of(JsonValue.object("type", "text", "text", text));
      case JsonValue.Arr(List<JsonValue> parts) -> objects(parts);
      default -> List.of();
    };
  }

  static List<JsonValue.Obj> objects(List<JsonValue> values) {
    return values.stream()
        .filter(JsonValue.Obj.class::isInstance)
        .map(JsonValue.Obj.class::cast)
        .toList();
  }
}
