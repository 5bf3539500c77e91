package lip.testing.conformance.feature;

import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.EventOrder;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import org.jspecify.annotations.Nullable;

/**
 * One stream through one handler, by the rules of the core: a tool handler gets tool-call events
 * only, any other handler all the rest; events that are not the handler's never overtake what it
 * holds and cannot be dropped by it; the terminal event releases what is held and is never lost;
 * what leaves must be in order.
 */
public final class StageRun implements Out {
  private record Held(Event event, boolean foreign) {}

  private final StageId stage;
  private final StreamStage.@Nullable Handler handler;
  private final EventOrder order = new EventOrder();
  private final List<Event> left = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private boolean working;

  /** Opens the handler for an attempt. */
  public StageRun(StageId stage, StreamStage handlers, TestContext context) {
    this.stage = stage;
    handler = handlers.open(context);
  }

  /** Runs a whole answer and gives what left. */
  public static List<Event> of(StageId stage, StreamStage handlers, List<Event> answer) {
    StageRun run = new StageRun(stage, handlers, TestContext.of(1));
    answer.forEach(run::take);
    return run.left();
  }

  /** The next event of the attempt. */
  public void take(Event event) {
    if (order.ended()) {
      return;
    }
    if (handler == null) {
      leave(event);
      return;
    }
    if (tool(event) == stage.equals(StageId.TOOL_EVENT_REACTION)) {
      working = true;
      try {
        handler.on(event, this);
      } finally {
        working = false;
      }
      if (event.terminal() && !order.ended()) {
        releaseAll();
        leave(event);
      }
    } else if (event.terminal()) {
      releaseAll();
      leave(event);
    } else if (held.isEmpty()) {
      leave(event);
    } else {
      held.add(new Held(event, true));
    }
  }

  /** What has left, in order. */
  public List<Event> left() {
    return List.copyOf(left);
  }

  /** Whether something is held. */
  public boolean holds() {
    return !held.isEmpty();
  }

  @Override
  public void emit(Event event) {
    check();
    if (event.terminal()) {
      releaseAll();
    }
    leave(event);
  }

  @Override
  public void hold(Event event) {
    check();
    held.add(new Held(event, false));
  }

  @Override
  public void release() {
    check();
    releaseAll();
  }

  @Override
  public void dropHeld() {
    check();
    List<Held> all = List.copyOf(held);
    held.clear();
    all.stream().filter(Held::foreign).forEach(one -> leave(one.event()));
  }

  private void releaseAll() {
    List<Held> all = List.copyOf(held);
    held.clear();
    all.forEach(one -> leave(one.event()));
  }

  private void leave(Event event) {
    order.accept(event);
    left.add(event);
  }

  private void check() {
    if (!working) {
      throw new IllegalStateException("the handler has returned: its out takes nothing more");
    }
  }

  private static boolean tool(Event event) {
    return event instanceof Event.ToolCallStarted
        || event instanceof Event.ToolArgumentsDelta
        || event instanceof Event.ToolCallFinished;
  }
}
