package lip.testing.emulator.chat;

import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/** Turns a reply into the records of a stream. */
final class ChatStream {
  private final ChatReply reply;
  private final ChatRequest request;
  private Answer answer = Answer.chunked(200, "text/event-stream; charset=utf-8");
  private boolean failed;
  private int chunks;

  ChatStream(ChatReply reply, ChatRequest request) {
    this.reply = reply;
    this.request = request;
  }

  Answer answer() {
    answer =
        answer
            .header("Cache-Control", "no-cache")
            .header("X-Request-Id", "req-emulator-" + request.number());
    delta(JsonValue.object("role", "assistant", "content", ""));
    for (Piece piece : reply.pieces()) {
      play(piece);
      if (failed) {
        return answer;
      }
    }
    if (reply.finished()) {
      JsonValue.Obj last = ChatFrames.chunk(request, JsonValue.object(), reply.finishReason());
      boolean here = reply.usagePlace() == ChatReply.UsagePlace.FINISH_CHUNK;
      chunk(here ? last.with("usage", reply.usage()) : last);
    }
    if (usageChunk()) {
      data(ChatFrames.chunk(request, null, null).with("usage", reply.usage()).toString());
    }
    if (reply.done()) {
      data("[DONE]");
    }
    return answer;
  }

  private boolean usageChunk() {
    return reply.usagePlace() == ChatReply.UsagePlace.LAST_CHUNK
        || (reply.usagePlace() == ChatReply.UsagePlace.AS_ASKED && request.includeUsage());
  }

  private void play(Piece piece) {
    switch (piece) {
      case Piece.Text(String text) -> delta(JsonValue.object("content", text));
      case Piece.Reasoning(String text) -> delta(JsonValue.object(reply.reasoningField(), text));
      case Piece.Refusal(String text) -> delta(JsonValue.object("refusal", text));
      case Piece.CallStart start -> delta(calls(start.index(), begin(start)));
      case Piece.CallArguments(int index, String text) ->
          delta(calls(index, JsonValue.object("function", JsonValue.object("arguments", text))));
      case Piece.Failure(JsonValue.Obj envelope) -> {
        data(envelope.toString());
        failed = true;
      }
      case Piece.Data(String data) -> data(data);
      case Piece.Raw(String text) -> answer = answer.send(text);
      case Piece.Pause(var duration) -> answer = answer.pause(duration);
      case Piece.Await(var gate) -> answer = answer.await(gate);
      case Piece.Stall _ -> answer = answer.stall();
    }
  }

  private static JsonValue.Obj begin(Piece.CallStart start) {
    JsonValue.Obj function = JsonValue.object("name", start.name(), "arguments", start.arguments());
    JsonValue.Obj call = JsonValue.object("type", "function", "function", function);
    return start.id() == null ? call : call.with("id", start.id());
  }

  private JsonValue.Obj calls(int index, JsonValue.Obj call) {
    JsonValue.Obj indexed = reply.callIndex() ? call.with("index", index) : call;
    return JsonValue.object("tool_calls", JsonValue.array(indexed));
  }

  private void delta(JsonValue.Obj delta) {
    chunk(ChatFrames.chunk(request, delta, null));
  }

  private void chunk(JsonValue.Obj chunk) {
    if (chunks++ > 0 && !reply.delay().isZero()) {
      answer = answer.pause(reply.delay());
    }
    data(withUsage(chunk).toString());
  }

  private JsonValue.Obj withUsage(JsonValue.Obj chunk) {
    @Nullable JsonValue usage =
        switch (reply.usagePlace()) {
          case EVERY_CHUNK -> ChatFrames.usage(3, chunks);
          case AS_ASKED -> request.includeUsage() ? JsonValue.Null.NULL : null;
          case LAST_CHUNK, FINISH_CHUNK, NOWHERE -> null;
        };
    return usage == null ? chunk : chunk.with("usage", usage);
  }

  private void data(String text) {
    String end = reply.lineEnd();
    StringBuilder record = new StringBuilder(text.length() + 32);
    if (!reply.comment().isEmpty()) {
      record.append(": ").append(reply.comment()).append(end).append(end);
    }
    if (reply.inSeveralDataLines() && text.startsWith("{")) {
      record.append("data: {").append(end).append("data: ").append(text, 1, text.length());
    } else {
      record.append("data: ").append(text);
    }
    answer = answer.send(record.append(end).append(end).toString());
  }
}
