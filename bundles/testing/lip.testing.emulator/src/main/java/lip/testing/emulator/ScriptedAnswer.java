package lip.testing.emulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that came over HTTP as JSON: what the model says, in no protocol.
 *
 * @param status an error of this status instead of an answer; 0 = none
 * @param thinking visible thought; empty = none
 * @param text text in pieces
 * @param calls tool calls
 * @param usage token counts; null = those of the emulator
 * @param end what follows after that
 */
public record ScriptedAnswer(
    int status,
    String thinking,
    List<String> text,
    List<Call> calls,
    @Nullable Usage usage,
    End end) {
  private static final Shape MEMBERS =
      Shape.members(
          Map.of(
              "status", Shape.integer(400, 599),
              "thinking", Shape.STRING,
              "text", Shape.stringOr(Shape.list(0, 10_000, Shape.STRING)),
              "calls",
                  Shape.list(
                      0,
                      100,
                      Shape.members(Map.of("name!", Shape.STRING, "arguments!", Shape.OBJECT))),
              "usage",
                  Shape.members(
                      Map.of(
                          "input!", Shape.integer(0, Integer.MAX_VALUE),
                          "cached", Shape.integer(0, Integer.MAX_VALUE),
                          "output!", Shape.integer(0, Integer.MAX_VALUE))),
              "end", Shape.oneOf("whole", "length", "error", "stall")));

  /** How it ends. Closed by nature. */
  public enum End {
    /** As it should. */
    WHOLE,
    /** At the token limit. */
    LENGTH,
    /** With an error inside the stream. */
    ERROR,
    /** Silence until the client goes. */
    STALL
  }

  /** A tool call; its arguments are JSON text. */
  public record Call(String name, String arguments) {}

  /**
   * Token counts.
   *
   * @param input all tokens of the prompt
   * @param cached those of them that came from the cache
   * @param output tokens of the answer
   */
  public record Usage(long input, long cached, long output) {}

  /** From JSON, see docs/emulator.md. */
  static ScriptedAnswer of(JsonValue.Obj json) {
    MEMBERS.check("", json);
    JsonValue text = json.get("text");
    return new ScriptedAnswer(
        (int) number(json.get("status")),
        json.text("thinking"),
        text instanceof JsonValue.Text(String whole) ? List.of(whole) : strings(json.list("text")),
        json.list("calls").stream()
            .map(JsonValue.Obj.class::cast)
            .map(ScriptedAnswer::call)
            .toList(),
        json.get("usage") instanceof JsonValue.Obj counts
            ? new Usage(
                number(counts.get("input")),
                number(counts.get("cached")),
                number(counts.get("output")))
            : null,
        json.text("end").isEmpty()
            ? End.WHOLE
            : End.valueOf(json.text("end").toUpperCase(Locale.ROOT)));
  }

  private static Call call(JsonValue.Obj json) {
    return new Call(json.text("name"), json.get("arguments").toString());
  }

  private static List<String> strings(List<JsonValue> values) {
    return values.stream().map(JsonValue.Text.class::cast).map(JsonValue.Text::value).toList();
  }

  private static long number(JsonValue value) {
    return value instanceof JsonValue.Num number ? number.value().longValue() : 0;
  }
}
