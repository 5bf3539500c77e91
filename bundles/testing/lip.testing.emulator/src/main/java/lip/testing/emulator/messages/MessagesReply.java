package lip.testing.emulator.messages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonText;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer of the model, played as stream or whole as the client asked:
 *
 * <pre>{@code
 * new MessagesReply().thinking("hm").text("Hel", "lo").toolUse("toolu_1", "weather", "{\"city\":", "\"Rome\"}")
 * }</pre>
 *
 * <p>Not to be changed once it was handed to an emulator.
 */
public final class MessagesReply implements MessagesScript {
  /** One block: how it begins, what is added, and what it is as a whole. */
  private record Block(JsonValue start, List<JsonValue> deltas, JsonValue whole) {}

  private final List<Block> blocks = new ArrayList<>();
  private @Nullable String stopReason;
  private @Nullable String stopSequence;
  private JsonValue.Obj usage =
      JsonValue.object(
          "input_tokens",
          3,
          "cache_creation_input_tokens",
          0,
          "cache_read_input_tokens",
          0,
          "output_tokens",
          7,
          "service_tier",
          "standard");
  private boolean ended = true;
  private @Nullable MessagesFailure failure;
  private String lineEnd = "\n";
  private String comment = "";
  private boolean stalls;
  private Duration delay = Duration.ZERO;
  private boolean calls;

  /** The proof that this provider makes over a thought. */
  public static String signature(String thought) {
    return "sig_" + Integer.toHexString(thought.hashCode());
  }

  /** A text block in pieces. */
  public MessagesReply text(String... pieces) {
    List<JsonValue> deltas = new ArrayList<>();
    for (String piece : pieces) {
      deltas.add(JsonValue.object("type", "text_delta", "text", piece));
    }
    blocks.add(
        new Block(
            JsonValue.object("type", "text", "text", ""),
            deltas,
            JsonValue.object("type", "text", "text", String.join("", pieces))));
    return this;
  }

  /** A text block with one citation of a document. */
  public MessagesReply cited(String text, String quote) {
    JsonValue citation =
        JsonValue.object(
            "type",
            "char_location",
            "cited_text",
            quote,
            "document_index",
            0,
            "document_title",
            "title",
            "file_id",
            null,
            "start_char_index",
            0,
            "end_char_index",
            quote.length());
    blocks.add(
        new Block(
            JsonValue.object("type", "text", "text", "", "citations", List.of()),
            List.of(
                JsonValue.object("type", "text_delta", "text", text),
                JsonValue.object("type", "citations_delta", "citation", citation)),
            JsonValue.object("type", "text", "text", text, "citations", List.of(citation))));
    return this;
  }

  /** A thought in pieces, with its proof. */
  public MessagesReply thinking(String... pieces) {
    List<JsonValue> deltas = new ArrayList<>();
    for (String piece : pieces) {
      deltas.add(JsonValue.object("type", "thinking_delta", "thinking", piece));
    }
    String whole = String.join("", pieces);
    String signature = signature(whole);
    deltas.add(JsonValue.object("type", "signature_delta", "signature", signature));
    blocks.add(
        new Block(
            JsonValue.object("type", "thinking", "thinking", "", "signature", ""),
            deltas,
            JsonValue.object("type", "thinking", "thinking", whole, "signature", signature)));
    return this;
  }

  /** A hidden thought. */
  public MessagesReply redacted(String data) {
    JsonValue block = JsonValue.object("type", "redacted_thinking", "data", data);
    blocks.add(new Block(block, List.of(), block));
    return this;
  }

  /** A tool call; its arguments in pieces. */
  public MessagesReply toolUse(String id, String name, String... pieces) {
    calls = true;
    List<JsonValue> deltas = new ArrayList<>();
    deltas.add(JsonValue.object("type", "input_json_delta", "partial_json", ""));
    for (String piece : pieces) {
      deltas.add(JsonValue.object("type", "input_json_delta", "partial_json", piece));
    }
    JsonValue.Obj start =
        JsonValue.object("type", "tool_use", "id", id, "name", name, "input", JsonValue.object());
    blocks.add(new Block(start, deltas, start.with("input", parsed(String.join("", pieces)))));
    return this;
  }

  private static JsonValue parsed(String json) {
    try {
      return json.isEmpty()
          ? JsonValue.object()
          : JsonText.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (java.io.IOException _) {
      // Broken on purpose: a whole answer has nothing to show then.
      return JsonValue.object();
    }
  }

  /** Another stop reason than {@code end_turn} or, with calls, {@code tool_use}. */
  public MessagesReply stop(String reason, @Nullable String sequence) {
    stopReason = reason;
    stopSequence = sequence;
    return this;
  }

  /** Token counts; 3 and 7 when not called. */
  public MessagesReply usage(long input, long cacheRead, long cacheWrite, long output) {
    usage =
        usage
            .with("input_tokens", input)
            .with("cache_read_input_tokens", cacheRead)
            .with("cache_creation_input_tokens", cacheWrite)
            .with("output_tokens", output);
    return this;
  }

  /** An error inside the stream, after the blocks. */
  public MessagesReply failure(MessagesFailure error) {
    failure = error;
    return this;
  }

  /** No {@code message_delta} and {@code message_stop}. */
  public MessagesReply noEnd() {
    ended = false;
    return this;
  }

  /** Silence instead of the end. */
  public MessagesReply stall() {
    stalls = true;
    return this;
  }

  /** Lines that end with CRLF, or CR. */
  public MessagesReply lineEnd(String end) {
    lineEnd = end;
    return this;
  }

  /** A comment before every record. */
  public MessagesReply comments(String text) {
    comment = text;
    return this;
  }

  /** A pause before every delta. */
  public MessagesReply delay(Duration between) {
    delay = between;
    return this;
  }

  @Override
  public Answer answer(MessagesRequest request) {
    return request.streaming() ? stream(request) : whole(request);
  }

  /** A whole answer even for a client that asked for a stream. */
  public MessagesScript neverStreamed() {
    return this::whole;
  }

  private Answer whole(MessagesRequest request) {
    if (failure != null) {
      return failure.answer();
    }
    JsonValue.Obj body =
        head(request)
            .with("content", blocks.stream().map(Block::whole).toList())
            .with("stop_reason", reason())
            .with("stop_sequence", stopSequence)
            .with("usage", usage);
    return Answer.whole(200, "application/json", body.toString());
  }

  private JsonValue.Obj head(MessagesRequest request) {
    return JsonValue.object(
        "id",
        "msg_emulator_" + request.number(),
        "type",
        "message",
        "role",
        "assistant",
        "model",
        request.model(),
        "content",
        List.of(),
        "stop_reason",
        null,
        "stop_sequence",
        null,
        "usage",
        usage.with("output_tokens", 1));
  }

  private String reason() {
    return stopReason != null ? stopReason : calls ? "tool_use" : "end_turn";
  }

  private Answer stream(MessagesRequest request) {
    Answer answer = Answer.chunked(200, "text/event-stream; charset=utf-8");
    answer = record(answer, "message_start", "message", head(request));
    answer = record(answer, "ping");
    int index = 0;
    for (Block block : blocks) {
      answer =
          record(answer, "content_block_start", "index", index, "content_block", block.start());
      for (JsonValue delta : block.deltas()) {
        answer = delay.isZero() ? answer : answer.pause(delay);
        answer = record(answer, "content_block_delta", "index", index, "delta", delta);
      }
      boolean last = index == blocks.size() - 1;
      if (!(last && (failure != null || !ended || stalls))) {
        answer = record(answer, "content_block_stop", "index", index);
      }
      index++;
    }
    if (failure != null) {
      return send(answer, "error", failure.envelope());
    }
    if (stalls) {
      return answer.stall();
    }
    if (!ended) {
      return answer;
    }
    JsonValue delta = JsonValue.object("stop_reason", reason(), "stop_sequence", stopSequence);
    JsonValue counts = JsonValue.object("output_tokens", usage.get("output_tokens"));
    answer = record(answer, "message_delta", "delta", delta, "usage", counts);
    return record(answer, "message_stop");
  }

  private Answer record(Answer answer, String type, @Nullable Object... members) {
    JsonValue.Obj data = JsonValue.object("type", type);
    for (int i = 0; i < members.length; i += 2) {
      data = data.with(String.valueOf(members[i]), members[i + 1]);
    }
    return send(answer, type, data);
  }

  private Answer send(Answer answer, String event, JsonValue data) {
    String before = comment.isEmpty() ? "" : ": " + comment + lineEnd + lineEnd;
    return answer.send(before + "event: " + event + lineEnd + "data: " + data + lineEnd + lineEnd);
  }
}
