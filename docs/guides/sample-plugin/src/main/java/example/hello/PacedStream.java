package example.hello;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;

/** Hands out events with pauses before the words. Closing it ends a pause at once. */
final class PacedStream implements EventStream {
  private final List<Event> events;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private int next;

  PacedStream(List<Event> events, Duration pause) {
    this.events = events;
    this.pause = pause;
  }

  @Override
  public Event next() {
    boolean waits = next < events.size() && events.get(next) instanceof Event.TextDelta;
    try {
      if (closed.await(waits ? pause.toNanos() : 0, TimeUnit.NANOSECONDS)) {
        throw new StreamClosed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamClosed(e);
    }
    return next < events.size() ? events.get(next++) : null;
  }

  @Override
  public boolean ready() {
    return pause.isZero() || next >= events.size() || !(events.get(next) instanceof Event.TextDelta);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
