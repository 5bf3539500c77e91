package lip.backend.openai.legacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Part;
import org.jspecify.annotations.Nullable;

/** Keeps what the model thought before its calls, once the answer is complete. */
final class RememberingStream implements EventStream {
  private static final int MOST_CHARACTERS = 400_000;

  private final EventStream stream;
  private final ReasoningMemory memory;
  private final StringBuilder thoughts = new StringBuilder();
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private long kept;

  private record Call(String name, StringBuilder arguments) {}

  RememberingStream(EventStream stream, ReasoningMemory memory) {
    this.stream = stream;
    this.memory = memory;
  }

  @Override
  public @Nullable Event next() throws UpstreamFailure {
    Event event = stream.next();
    switch (event) {
      case Event.ReasoningDelta(String text, _) when room(text) -> thoughts.append(text);
      case Event.ToolCallStarted start ->
          calls.put(start.id(), new Call(start.name(), new StringBuilder()));
      case Event.ToolArgumentsDelta(String id, String text) when room(text) -> {
        Call call = calls.get(id);
        if (call != null) {
          call.arguments.append(text);
        }
      }
      case Event.Finished _ when kept <= MOST_CHARACTERS -> {
        if (!calls.isEmpty() && !thoughts.isEmpty()) {
          memory.keep(made(), thoughts.toString());
        }
      }
      case null, default -> {}
    }
    return event;
  }

  private boolean room(String text) {
    kept += text.length();
    return kept <= MOST_CHARACTERS;
  }

  private List<Part.ToolCall> made() {
    return calls.entrySet().stream()
        .map(call ->
            Part.ToolCall.of(
                call.getKey(), call.getValue().name, call.getValue().arguments.toString()))
        .toList();
  }

  @Override
  public boolean ready() {
    return stream.ready();
  }

  @Override
  public boolean whenReady(Runnable look) {
    return stream.whenReady(look);
  }

  @Override
  public void close() {
    stream.close();
  }
}
