package lip.testing.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lip.api.event.Event;
import lip.api.event.EventOrder;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.failure.FailureClass;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** AssertJ assertions about the events of one answer. */
public final class EventsAssert extends AbstractAssert<EventsAssert, List<Event>> {
  private EventsAssert(List<Event> events) {
    super(events, EventsAssert.class);
  }

  /** Begins. */
  public static EventsAssert assertThatEvents(List<Event> events) {
    return new EventsAssert(List.copyOf(events));
  }

  /** The order is legal and a terminal event is last. */
  public EventsAssert areComplete() {
    areInOrder();
    if (actual.isEmpty() || !actual.getLast().terminal()) {
      failWithMessage("no terminal event at the end of %s", types());
    }
    return this;
  }

  /** The order is legal. */
  public EventsAssert areInOrder() {
    EventOrder order = new EventOrder();
    for (int i = 0; i < actual.size(); i++) {
      try {
        order.accept(actual.get(i));
      } catch (IllegalStateException e) {
        failWithMessage("event %s of %s: %s", i, types(), e.getMessage());
      }
    }
    return this;
  }

  /** The visible text, joined. */
  public EventsAssert haveText(String expected) {
    StringBuilder text = new StringBuilder();
    for (Event event : actual) {
      if (event instanceof Event.TextDelta(String piece)) {
        text.append(piece);
      }
    }
    return same("text", text.toString(), expected);
  }

  /** The visible reasoning, joined, summaries left out. */
  public EventsAssert haveReasoning(String expected) {
    StringBuilder text = new StringBuilder();
    for (Event event : actual) {
      if (event instanceof Event.ReasoningDelta(String piece, boolean summary) && !summary) {
        text.append(piece);
      }
    }
    return same("reasoning", text.toString(), expected);
  }

  /** A call with this id, tool and whole arguments, begun and finished. */
  public EventsAssert haveToolCall(String id, String name, String arguments) {
    StringBuilder found = new StringBuilder();
    @Nullable String tool = null;
    boolean finished = false;
    for (Event event : actual) {
      if (event instanceof Event.ToolCallStarted call && call.id().equals(id)) {
        tool = call.name();
      } else if (event instanceof Event.ToolArgumentsDelta(String of, String piece)
          && of.equals(id)) {
        found.append(piece);
      } else if (event instanceof Event.ToolCallFinished(String of) && of.equals(id)) {
        finished = true;
      }
    }
    same("tool of call " + id, tool, name);
    same("arguments of call " + id, found.toString(), arguments);
    return same("call " + id + " finished", finished, true);
  }

  /** The last usage report. */
  public EventsAssert haveUsage(Usage expected) {
    @Nullable Usage last = null;
    for (Event event : actual) {
      if (event instanceof Event.UsageReport(Usage usage)) {
        last = usage;
      }
    }
    return same("usage", last, expected);
  }

  /** The last event says why the model stopped. */
  public EventsAssert finishWith(FinishReason reason) {
    @Nullable FinishReason found =
        !actual.isEmpty() && actual.getLast() instanceof Event.Finished end ? end.reason() : null;
    return same("finish reason", found, reason);
  }

  /** The last event is a failure of this class. */
  public EventsAssert failWith(FailureClass kind) {
    @Nullable FailureClass found =
        !actual.isEmpty() && actual.getLast() instanceof Event.Failed(var failure)
            ? failure.kind()
            : null;
    return same("failure", found, kind);
  }

  private EventsAssert same(String what, @Nullable Object found, Object expected) {
    if (!Objects.equals(found, expected)) {
      failWithMessage("%s: expected <%s>, found <%s> in %s", what, expected, found, types());
    }
    return this;
  }

  private List<String> types() {
    List<String> types = new ArrayList<>();
    for (Event event : actual) {
      types.add(event.getClass().getSimpleName());
    }
    return types;
  }
}
