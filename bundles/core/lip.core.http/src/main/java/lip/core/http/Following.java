package lip.core.http;

import java.util.concurrent.atomic.AtomicReference;
import lip.api.event.Event;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.AnswerWriter;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer for its frontend. It begins on the request's thread, and gives that back when it
 * has to wait: from then on whoever brings the next bytes, or room for them, carries it on ({@link
 * #run}, {@link #wake}). What would keep a thread that serves many streams gets one of its own.
 */
final class Following implements Runnable {
  /** Its exchange. */
  interface Host {
    /** This thread is about to run the plugin. */
    void enter();

    /** It came back. */
    void leave();

    /** Whether the plugin may still write. */
    boolean held();

    /** Whether the response can outlast the request's thread. */
    boolean detachable();

    /** From now on it does. */
    void detach();

    /** The answer was read to its end, or somebody failed. On a virtual thread, once. */
    void followed(@Nullable Throwable thrown);
  }

  private enum State {
    CARRIED,
    /** And to be looked at once more. */
    AGAIN,
    WAITING,
    OVER
  }

  private enum Step {
    /** Nothing is left to be read. */
    ENDED,
    /** Somebody will carry it on. */
    WAITS,
    /** It is the turn of others. */
    YIELDS,
    /** It cannot wait without a thread. */
    STAYS
  }

  /** Events that a thread of many streams takes from one of them at a time. */
  private static final int TURN = 256;

  private final Answer answer;
  private final AnswerWriter frontend;
  private final RecordWriter records;
  private final Host host;
  private final AtomicReference<State> state = new AtomicReference<>(State.CARRIED);

  Following(Answer answer, AnswerWriter frontend, RecordWriter records, Host host) {
    this.answer = answer;
    this.frontend = frontend;
    this.records = records;
    this.host = host;
  }

  /**
   * Begins on the request's thread.
   *
   * @return whether the answer was read to its end; false = that will be told
   */
  boolean begin() {
    Step step = Step.STAYS;
    try {
      step = step();
      if (step == Step.STAYS) {
        stay();
      }
    } finally {
      if (step != Step.WAITS) {
        answer.close();
      }
    }
    if (step != Step.WAITS) {
      return true;
    }
    host.detach();
    if (!rest()) {
      carry();
    }
    return false;
  }

  /** Carries it on with a thread that must not be kept. */
  @Override
  public void run() {
    if (taken()) {
      carry();
    }
  }

  /** Carries it on with a thread of its own. Any thread, never blocks. */
  void wake() {
    if (taken()) {
      alone(this::carry);
    }
  }

  private static void alone(Runnable task) {
    Thread.ofVirtual().name("lip-stream").start(task);
  }

  /** Whether nobody carried it; who does looks once more. */
  private boolean taken() {
    State before =
        state.getAndUpdate(now ->
            switch (now) {
              case WAITING -> State.CARRIED;
              case CARRIED, AGAIN -> State.AGAIN;
              case OVER -> State.OVER;
            });
    return before == State.WAITING;
  }

  /** Leaves it to the next one; false = something happened meanwhile. */
  private boolean rest() {
    State after = state.updateAndGet(now -> now == State.AGAIN ? State.CARRIED : State.WAITING);
    return after == State.WAITING;
  }

  private void carry() {
    Step step;
    Throwable thrown = null;
    try {
      do {
        step = step();
      } while (step == Step.WAITS && !rest());
      if (step == Step.STAYS && Thread.currentThread().isVirtual()) {
        stay();
        step = Step.ENDED;
      }
    } catch (Throwable t) {
      thrown = t;
      step = Step.ENDED;
    }
    switch (step) {
      case WAITS -> {}
      case YIELDS, STAYS -> alone(this::carry);
      case ENDED -> over(thrown);
    }
  }

  private void over(@Nullable Throwable thrown) {
    state.set(State.OVER);
    answer.close();
    if (Thread.currentThread().isVirtual()) {
      host.followed(thrown);
    } else {
      alone(() -> host.followed(thrown));
    }
  }

  /** Reads what is there. */
  private Step step() {
    boolean shared = !Thread.currentThread().isVirtual();
    host.enter();
    try {
      for (int taken = 0; ; taken++) {
        if (!host.held()) {
          return Step.ENDED;
        }
        if (records.pending()) {
          return Step.WAITS;
        }
        if (!answer.ready()) {
          frontend.pause();
          return waits() ? Step.WAITS : Step.STAYS;
        }
        if (shared && taken == TURN) {
          frontend.pause();
          return Step.YIELDS;
        }
        if (takes(answer.next())) {
          return Step.ENDED;
        }
      }
    } finally {
      host.leave();
    }
  }

  /** Who is behind with writing is carried on when that is done. */
  private boolean waits() {
    return records.pending() || (host.detachable() && answer.whenReady(this));
  }

  /** Reads to the end, and waits where it has to. */
  private void stay() {
    records.block();
    host.enter();
    try {
      while (!takes(answer.next())) {
        if (!answer.ready()) {
          frontend.pause();
        }
      }
    } finally {
      host.leave();
    }
  }

  /** Whether this was the end. */
  private boolean takes(@Nullable Event event) {
    if (event == null) {
      frontend.cutShort();
      return true;
    }
    return frontend.write(event);
  }
}
