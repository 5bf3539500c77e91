package lip.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.EventOrder;
import lip.api.failure.Failure;
import lip.core.snapshot.LiveHandler;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import org.jspecify.annotations.Nullable;

/**
 * One stream handler and what it holds.
 *
 * <p>What a handler does with one event is gathered and takes effect when it returns: a handler
 * that throws, or whose result would be out of order, has done nothing. Then it is out of the
 * stream for good: failing open, what it held goes on, and of what it had begun to swallow the rest
 * is swallowed too; failing closed, the stream ends with a failure and what it held is gone.
 *
 * <p>Events that are not the handler's (text for a tool handler) pass by, but never overtake what
 * it holds.
 */
final class ChainLink implements Out {
  private final EventChain chain;
  private final int next;
  private final LiveHandler<StreamStage> live;
  private final boolean tools;
  private final HeldEvents held = new HeldEvents();
  private final List<Event> staged = new ArrayList<>();

  /** Order of what has left. */
  private final EventOrder left = new EventOrder();

  /** The same, ahead by what is staged; of no use once the handler has failed. */
  private final EventOrder trial = new EventOrder();

  private StreamStage.@Nullable Handler handler;
  private Event.@Nullable ResponseStarted start;
  private Event.@Nullable MessageStarted message;
  private boolean startLeft;
  private boolean messageLeft;
  private boolean working;
  private @Nullable RuntimeException broken;

  ChainLink(
      EventChain chain, int next, LiveHandler<StreamStage> live, StreamStage.Handler handler) {
    this.chain = chain;
    this.next = next;
    this.live = live;
    this.handler = handler;
    this.tools = live.stage().equals(StageId.TOOL_EVENT_REACTION);
  }

  void take(Event event) {
    if (left.ended()) {
      return;
    }
    if (event instanceof Event.ResponseStarted first) {
      start = first;
    } else if (event instanceof Event.MessageStarted first) {
      message = first;
    }
    StreamStage.Handler active = handler;
    if (active == null) {
      leaveUnhandled(event);
    } else if (live.entry().revoked()) {
      detach(Faults.departed(live), event);
    } else if (tools == tool(event)) {
      handle(active, event);
    } else {
      passBy(event);
    }
  }

  private static boolean tool(Event event) {
    return event instanceof Event.ToolArgumentsDelta
        || event instanceof Event.ToolCallStarted
        || event instanceof Event.ToolCallFinished;
  }

  private void handle(StreamStage.Handler active, Event event) {
    held.begin();
    broken = null;
    Throwable thrown = null;
    working = true;
    try {
      active.on(event, this);
    } catch (Throwable e) {
      thrown = e;
    }
    working = false;
    thrown = thrown == null ? broken : thrown;
    if (thrown == null && event.terminal() && !trial.ended()) {
      thrown = endOf(event);
    }
    if (thrown == null) {
      held.commit();
      leaveStaged();
    } else {
      held.rollback();
      staged.clear();
      fail(thrown, event);
    }
  }

  /** An event that is not the handler's. */
  private void passBy(Event event) {
    held.begin();
    broken = null;
    if (event.terminal()) {
      Throwable thrown = endOf(event);
      if (thrown != null) {
        held.rollback();
        staged.clear();
        fail(thrown, event);
        return;
      }
      held.commit();
      leaveStaged();
    } else if (held.isEmpty()) {
      try {
        trial.accept(event);
      } catch (IllegalStateException e) {
        fail(e, event);
        return;
      }
      leave(event);
    } else if (!held.add(event, true)) {
      fail(overflow(), event);
    }
  }

  /** Before a terminal event all that is held goes on; the terminal event itself is never lost. */
  private @Nullable Throwable endOf(Event terminal) {
    try {
      held.takeAll(staged, trial);
      if (!trial.ended()) {
        trial.accept(terminal);
        staged.add(terminal);
      }
      return null;
    } catch (IllegalStateException e) {
      return e;
    }
  }

  private void leaveStaged() {
    for (int i = 0; i < staged.size(); i++) {
      leave(staged.get(i));
    }
    staged.clear();
  }

  /** Sends on what is in order. */
  private void leave(Event event) {
    left.accept(event);
    startLeft |= event instanceof Event.ResponseStarted;
    messageLeft |= event instanceof Event.MessageStarted;
    chain.pass(next, event);
  }

  /**
   * Without a handler: puts back the frame it swallowed, and swallows the rest of what it began.
   */
  private void leaveUnhandled(Event event) {
    if (left.ended()) {
      return;
    }
    if (legal(event)) {
      return;
    }
    if (start != null && !startLeft && !start.equals(event) && !legal(start)) {
      return;
    }
    if (message != null && !messageLeft && !message.equals(event) && !legal(message)) {
      return;
    }
    boolean _ = legal(event);
  }

  private boolean legal(Event event) {
    try {
      leave(event);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private void fail(Throwable thrown, Event event) {
    chain.blame(live, thrown);
    detach(Faults.broken(live), event);
  }

  private void detach(Failure failure, Event event) {
    handler = null;
    if (live.failure() == FailurePolicy.FAIL_CLOSED) {
      held.clear();
      leave(new Event.Failed(failure));
      return;
    }
    for (Event kept : held.drain()) {
      leaveUnhandled(kept);
    }
    leaveUnhandled(event);
  }

  @Override
  public void emit(Event event) {
    check(event);
    if (!chain.countMade()) {
      throw breaks(new PluginFault("made more than " + EventChain.MOST_EVENTS + " events of one"));
    }
    try {
      if (event.terminal()) {
        held.takeAll(staged, trial);
      }
      trial.accept(event);
    } catch (IllegalStateException e) {
      throw breaks(e);
    }
    staged.add(event);
  }

  @Override
  public void hold(Event event) {
    check(event);
    if (!held.add(event, false)) {
      throw breaks(overflow());
    }
  }

  @Override
  public void release() {
    check(Event.ResponseStarted.PLAIN);
    try {
      held.takeAll(staged, trial);
    } catch (IllegalStateException e) {
      throw breaks(e);
    }
  }

  @Override
  public void dropHeld() {
    check(Event.ResponseStarted.PLAIN);
    try {
      held.takeForeign(staged, trial);
    } catch (IllegalStateException e) {
      throw breaks(e);
    }
  }

  private void check(@Nullable Event event) {
    if (!working) {
      throw new IllegalStateException("the handler has returned: its out takes nothing more");
    }
    if (event == null) {
      throw breaks(new PluginFault("gave null for an event"));
    }
  }

  /** Remembered, so that a handler that catches it gains nothing. */
  private RuntimeException breaks(RuntimeException fault) {
    broken = fault;
    return fault;
  }

  private static RuntimeException overflow() {
    return new PluginFault(
        "holds more than "
            + EventChain.MOST_EVENTS
            + " events or "
            + EventChain.MOST_BYTES
            + " bytes");
  }
}
