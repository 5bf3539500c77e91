package lip.testing.emulator.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lip.testing.emulator.Answer;
import lip.testing.emulator.Gate;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer of the model, played as stream or whole as the client asked:
 *
 * <pre>{@code
 * new ChatReply().reasoning("hm").text("Hel", "lo").toolCall("call_1", "weather", "{\"city\":", "\"Rome\"}").usage(3, 7)
 * }</pre>
 *
 * <p>Further methods make it odd in ways that real servers are. Not to be changed once it was
 * handed to an emulator.
 */
public final class ChatReply implements ChatScript {
  /** Where a stream has its usage. Closed by nature. */
  public enum UsagePlace {
    /**
     * As OpenAI: in a last chunk without choices, if the client asked; null in the chunks before.
     */
    AS_ASKED,
    /** In a last chunk without choices, asked or not. */
    LAST_CHUNK,
    /** On the chunk with the finish reason. */
    FINISH_CHUNK,
    /** Growing, on every chunk. */
    EVERY_CHUNK,
    /** Nowhere. */
    NOWHERE
  }

  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable String finish;
  private boolean finished = true;
  private boolean done = true;
  private JsonValue.Obj usage = ChatFrames.usage(3, 7);
  private UsagePlace usagePlace = UsagePlace.AS_ASKED;
  private String reasoningField = "reasoning_content";
  private boolean callIndex = true;
  private String lineEnd = "\n";
  private String comment = "";
  private boolean severalDataLines;
  private Duration delay = Duration.ZERO;
  private int calls;

  /** Text in pieces. */
  public ChatReply text(String... texts) {
    for (String text : texts) {
      pieces.add(new Piece.Text(text));
    }
    return this;
  }

  /** Visible reasoning in pieces. */
  public ChatReply reasoning(String... texts) {
    for (String text : texts) {
      pieces.add(new Piece.Reasoning(text));
    }
    return this;
  }

  /** A refusal in pieces. */
  public ChatReply refusal(String... texts) {
    for (String text : texts) {
      pieces.add(new Piece.Refusal(text));
    }
    return this;
  }

  /** The next tool call: one chunk that begins it, then one for each piece of its arguments. */
  public ChatReply toolCall(String id, String name, String... arguments) {
    int index = calls;
    callStart(id, name);
    for (String text : arguments) {
      callArguments(index, text);
    }
    return this;
  }

  /** The next tool call whole in one chunk; null = without id. */
  public ChatReply wholeToolCall(@Nullable String id, String name, String arguments) {
    pieces.add(new Piece.CallStart(calls++, id, name, arguments));
    return this;
  }

  /** Only the beginning of the next tool call, to be interleaved with others; null = without id. */
  public ChatReply callStart(@Nullable String id, String name) {
    pieces.add(new Piece.CallStart(calls++, id, name, ""));
    return this;
  }

  /** Arguments of a call that has begun. */
  public ChatReply callArguments(int index, String text) {
    pieces.add(new Piece.CallArguments(index, text));
    return this;
  }

  /** An error inside the stream, after which it ends without finish reason and mark. */
  public ChatReply failure(String type, @Nullable String code, String message) {
    pieces.add(new Piece.Failure(ChatFailure.of(200, type, code, message).envelope()));
    return this;
  }

  /** A data line of any content, also one that is no JSON. */
  public ChatReply data(String data) {
    pieces.add(new Piece.Data(data));
    return this;
  }

  /** Any bytes between two records of a stream. */
  public ChatReply raw(String text) {
    pieces.add(new Piece.Raw(text));
    return this;
  }

  /** Silence. */
  public ChatReply pause(Duration duration) {
    pieces.add(new Piece.Pause(duration));
    return this;
  }

  /** Silence until a gate opens. */
  public ChatReply await(Gate gate) {
    pieces.add(new Piece.Await(gate));
    return this;
  }

  /** Silence until the client goes. */
  public ChatReply stall() {
    pieces.add(new Piece.Stall());
    return this;
  }

  /** Another finish reason than {@code stop} or, with calls, {@code tool_calls}. */
  public ChatReply finish(String reason) {
    finish = reason;
    return this;
  }

  /** No chunk with a finish reason. */
  public ChatReply noFinish() {
    finished = false;
    return this;
  }

  /** No {@code [DONE]}. */
  public ChatReply noDone() {
    done = false;
    return this;
  }

  /** Token counts; 3 and 7 when not called. */
  public ChatReply usage(long prompt, long completion) {
    return usage(ChatFrames.usage(prompt, completion));
  }

  /** A usage object of any form. */
  public ChatReply usage(JsonValue.Obj object) {
    usage = object;
    return this;
  }

  /** Where the stream has its usage. */
  public ChatReply usageAt(UsagePlace place) {
    usagePlace = place;
    return this;
  }

  /** Another name for {@code reasoning_content}, such as {@code reasoning}. */
  public ChatReply reasoningField(String name) {
    reasoningField = name;
    return this;
  }

  /** Tool-call chunks without {@code index}. */
  public ChatReply noCallIndex() {
    callIndex = false;
    return this;
  }

  /** Lines that end with CRLF, or CR. */
  public ChatReply lineEnd(String end) {
    lineEnd = end;
    return this;
  }

  /** A comment before every record. */
  public ChatReply comments(String text) {
    comment = text;
    return this;
  }

  /** Every JSON text in two data lines. */
  public ChatReply severalDataLines() {
    severalDataLines = true;
    return this;
  }

  /** A pause before every chunk but the first. */
  public ChatReply delay(Duration between) {
    delay = between;
    return this;
  }

  @Override
  public Answer answer(ChatRequest request) {
    return request.streaming()
        ? new ChatStream(this, request).answer()
        : new ChatWhole(this, request).answer();
  }

  /** A whole answer even for a client that asked for a stream. */
  public ChatScript neverStreamed() {
    return request -> new ChatWhole(this, request).answer();
  }

  List<Piece> pieces() {
    return pieces;
  }

  String finishReason() {
    return finish != null ? finish : calls > 0 ? "tool_calls" : "stop";
  }

  boolean finished() {
    return finished;
  }

  boolean done() {
    return done;
  }

  JsonValue.Obj usage() {
    return usage;
  }

  UsagePlace usagePlace() {
    return usagePlace;
  }

  String reasoningField() {
    return reasoningField;
  }

  boolean callIndex() {
    return callIndex;
  }

  String lineEnd() {
    return lineEnd;
  }

  String comment() {
    return comment;
  }

  boolean inSeveralDataLines() {
    return severalDataLines;
  }

  Duration delay() {
    return delay;
  }
}
