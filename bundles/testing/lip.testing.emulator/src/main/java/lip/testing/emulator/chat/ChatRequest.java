package lip.testing.emulator.chat;

import java.util.List;
import java.util.Optional;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.ReceivedRequest;

/** A legal Chat Completions request, for scripts. */
public final class ChatRequest {
  private final long number;
  private final ReceivedRequest http;
  private final JsonValue.Obj body;

  ChatRequest(long number, ReceivedRequest http, JsonValue.Obj body) {
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

  /** Whether the stream shall end with usage. */
  public boolean includeUsage() {
    return body.get("stream_options") instanceof JsonValue.Obj options
        && options.get("include_usage").equals(JsonValue.of(true));
  }

  /** The messages. */
  public List<JsonValue.Obj> messages() {
    return objects(body.list("messages"));
  }

  /** Text of the last message of a role; empty = none. */
  public Optional<String> lastText(String role) {
    return messages().reversed().stream()
        .filter(message -> message.text("role").equals(role))
        .map(message -> textOf(message.get("content")))
        .findFirst();
  }

  /** Whether the last message is a tool result. */
  public boolean afterTools() {
    return messages().getLast().text("role").equals("tool");
  }

  /** Names of the offered function tools. */
  public List<String> tools() {
    return objects(body.list("tools")).stream()
        .filter(tool -> tool.get("function") instanceof JsonValue.Obj)
        .map(tool -> ((JsonValue.Obj) tool.get("function")).text("name"))
        .toList();
  }

  /** Text of a content, which is a string or a list of parts. */
  static String textOf(JsonValue content) {
    return switch (content) {
      case JsonValue.Text(String text) -> text;
      case JsonValue.Arr(List<JsonValue> parts) ->
          String.join("", objects(parts).stream().map(part -> part.text("text")).toList());
      default -> "";
    };
  }

  private static List<JsonValue.Obj> objects(List<JsonValue> values) {
    return values.stream()
        .filter(JsonValue.Obj.class::isInstance)
        .map(JsonValue.Obj.class::cast)
        .toList();
  }
}
