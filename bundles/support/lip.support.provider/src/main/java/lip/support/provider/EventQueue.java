package lip.support.provider;

import java.util.Deque;
import lip.api.event.Event;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * What was decoded of an answer and not asked for yet; behind it the end, or the failure that ended
 * it. One thread; {@link #close} from any.
 */
public final class EventQueue {
  private final Deque<Event> events;
  private final Source source;
  private @Nullable UpstreamFailure failure;
  private boolean over;
  private volatile boolean closed;

  /** Where more comes from. */
  @FunctionalInterface
  public interface Source {
    /**
     * Goes one step: more events, {@link EventQueue#end}, {@link EventQueue#fail}, or none of them.
     *
     * @param wait whether to wait for something to read
     * @return false when nothing was there to read
     */
    boolean advance(boolean wait);
  }

  /**
   * Nothing decoded yet.
   *
   * @param events where the decoder puts them
   */
  public EventQueue(Deque<Event> events, Source source) {
    this.events = events;
    this.source = source;
  }

  /** No event follows those that were decoded. */
  public void end() {
    over = true;
  }

  /** A failure follows the events that were decoded. */
  public void fail(UpstreamFailure why) {
    failure = why;
    over = true;
  }

  /**
   * Reads up to the first event.
   *
   * @throws UpstreamFailure when the answer failed before
   */
  public void begin() throws UpstreamFailure {
    while (events.isEmpty() && !over) {
      source.advance(true);
    }
    if (failure != null && events.isEmpty()) {
      throw failure;
    }
  }

  /** See {@link lip.api.event.EventStream#next}. */
  public @Nullable Event next() throws UpstreamFailure {
    while (true) {
      if (closed) {
        throw new StreamClosed();
      }
      Event event = events.poll();
      if (event != null) {
        return event;
      }
      if (failure != null) {
        throw failure;
      }
      if (over) {
        return null;
      }
      source.advance(true);
    }
  }

  /** See {@link lip.api.event.EventStream#ready}. */
  public boolean ready() {
    if (closed) {
      return false;
    }
    while (events.isEmpty() && !over) {
      if (!source.advance(false)) {
        return false;
      }
    }
    return true;
  }

  /** From now on whoever asks is told that it is closed. */
  public void close() {
    closed = true;
  }
}
