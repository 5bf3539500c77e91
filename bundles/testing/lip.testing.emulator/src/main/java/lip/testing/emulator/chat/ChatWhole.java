package lip.testing.emulator.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonValue;

/** Turns a reply into one JSON body. Pauses come before it. */
final class ChatWhole {
  private final ChatReply reply;
  private final ChatRequest request;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final Map<Integer, Piece.CallStart> calls = new TreeMap<>();

  ChatWhole(ChatReply reply, ChatRequest request) {
    this.reply = reply;
    this.request = request;
  }

  Answer answer() {
    Answer waits = Answer.whole(200, "application/json", "");
    for (Piece piece : reply.pieces()) {
      switch (piece) {
        case Piece.Text(String more) -> text.append(more);
        case Piece.Reasoning(String more) -> reasoning.append(more);
        case Piece.Refusal(String more) -> refusal.append(more);
        case Piece.CallStart start -> calls.put(start.index(), start);
        case Piece.CallArguments(int index, String more) ->
            calls.computeIfPresent(
                index,
                (_, call) ->
                    new Piece.CallStart(index, call.id(), call.name(), call.arguments() + more));
        case Piece.Failure(JsonValue.Obj envelope) -> {
          return waits.status(500).send(envelope.toString());
        }
        case Piece.Pause(var duration) -> waits = waits.delayHead(duration);
        case Piece.Await(var gate) -> waits = waits.awaitBeforeHead(gate);
        case Piece.Stall _ -> waits = waits.stallBeforeHead();
        case Piece.Data _, Piece.Raw _ -> {}
      }
    }
    JsonValue.Obj body = ChatFrames.completion(request, message(), reply.finishReason());
    boolean usage = reply.usagePlace() != ChatReply.UsagePlace.NOWHERE;
    return waits
        .header("X-Request-Id", "req-emulator-" + request.number())
        .send((usage ? body.with("usage", reply.usage()) : body).toString());
  }

  private JsonValue.Obj message() {
    JsonValue.Obj message =
        JsonValue.object(
            "role", "assistant",
            "content",
                text.isEmpty() && (!calls.isEmpty() || !refusal.isEmpty()) ? null : text.toString(),
            "refusal", refusal.isEmpty() ? null : refusal.toString());
    if (!reasoning.isEmpty()) {
      message = message.with(reply.reasoningField(), reasoning.toString());
    }
    if (calls.isEmpty()) {
      return message;
    }
    List<JsonValue> list = new ArrayList<>();
    for (Piece.CallStart call : calls.values()) {
      JsonValue.Obj function = JsonValue.object("name", call.name(), "arguments", call.arguments());
      JsonValue.Obj object = JsonValue.object("type", "function", "function", function);
      list.add(call.id() == null ? object : object.with("id", call.id()));
    }
    return message.with("tool_calls", list);
  }
}
