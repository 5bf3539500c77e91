package lip.testing.kit;

import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.failure.UpstreamFailure;

/** Whole answers as events, and events out of streams. */
public final class Events {
  private Events() {}

  /** A text answer in pieces, from start to finish. */
  public static List<Event> text(String... pieces) {
    List<Event> events = opening();
    for (String piece : pieces) {
      events.add(new Event.TextDelta(piece));
    }
    return closing(events, FinishReason.STOP);
  }

  /** An answer that is one tool call, its arguments in pieces. */
  public static List<Event> toolCall(String id, String name, String... arguments) {
    List<Event> events = opening();
    events.add(Event.ToolCallStarted.of(id, name));
    for (String piece : arguments) {
      events.add(new Event.ToolArgumentsDelta(id, piece));
    }
    events.add(new Event.ToolCallFinished(id));
    return closing(events, FinishReason.TOOL_CALLS);
  }

  /** An answer of any content, without usage; the list may be changed. */
  public static List<Event> answer(Event.Finished end, Event... content) {
    List<Event> events = new ArrayList<>();
    events.add(Event.ResponseStarted.PLAIN);
    events.add(Event.MessageStarted.FIRST);
    events.addAll(List.of(content));
    events.add(end);
    return events;
  }

  /** Reads a stream to its end and closes it. */
  public static List<Event> drain(EventStream stream) throws UpstreamFailure {
    List<Event> events = new ArrayList<>();
    try (stream) {
      for (Event event; (event = stream.next()) != null; ) {
        events.add(event);
      }
    }
    return events;
  }

  private static List<Event> opening() {
    List<Event> events = new ArrayList<>();
    events.add(new Event.ResponseStarted("answer-1", "test-model", 1_767_225_600));
    events.add(Event.MessageStarted.FIRST);
    return events;
  }

  private static List<Event> closing(List<Event> events, FinishReason reason) {
    events.add(new Event.UsageReport(Usage.of(3, 7)));
    events.add(Event.Finished.of(reason));
    return events;
  }
}
