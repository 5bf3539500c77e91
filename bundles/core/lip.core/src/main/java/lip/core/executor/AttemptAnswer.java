package lip.core.executor;

import java.util.ArrayDeque;
import lip.api.event.Event;
import lip.api.event.StreamClosed;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.frontend.Answer;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** What a frontend reads: the events that were read until one committed, then the rest. */
final class AttemptAnswer implements Answer {
  /** More side events than this are not kept back: the answer begins without a committing one. */
  private static final int HEAD = 4_096;

  private final LiveAttempt attempt;
  private final Headers headers;
  private final ArrayDeque<Event> head = new ArrayDeque<>();

  AttemptAnswer(LiveAttempt attempt, Headers headers) {
    this.attempt = attempt;
    this.headers = headers;
  }

  /** Reads until an event commits or ends the answer; that event. */
  Event begin() {
    for (; ; ) {
      Event event = attempt.next();
      if (event == null) {
        throw new StreamClosed();
      }
      head.add(event);
      if (event.commits() || event.terminal() || head.size() >= HEAD) {
        return event;
      }
    }
  }

  @Override
  public @Nullable Event next() {
    if (attempt.isClosed()) {
      throw new StreamClosed();
    }
    Event first = head.poll();
    return first == null ? attempt.next() : first;
  }

  @Override
  public boolean ready() {
    return !head.isEmpty() || attempt.ready();
  }

  @Override
  public boolean whenReady(Runnable look) {
    return head.isEmpty() && attempt.whenReady(look);
  }

  @Override
  public void close() {
    attempt.close();
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public Fidelity fidelity() {
    return attempt.record();
  }
}
