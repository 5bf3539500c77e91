package lip.testing.kit;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * A stream of given events, always ready, with an end or a failure behind them. Counts how often it
 * was closed.
 */
public final class FixedEventStream implements EventStream {
  private final List<Event> events;
  private final @Nullable UpstreamFailure failure;
  private final AtomicInteger closed = new AtomicInteger();
  private int position;

  private FixedEventStream(List<Event> events, @Nullable UpstreamFailure failure) {
    this.events = List.copyOf(events);
    this.failure = failure;
  }

  /** These events, then null. */
  public static FixedEventStream of(Event... events) {
    return new FixedEventStream(List.of(events), null);
  }

  /** These events, then null. */
  public static FixedEventStream of(List<Event> events) {
    return new FixedEventStream(events, null);
  }

  /** The same events, then a failure. */
  public FixedEventStream failing(UpstreamFailure after) {
    return new FixedEventStream(events, after);
  }

  @Override
  public @Nullable Event next() throws UpstreamFailure {
    if (closed.get() > 0) {
      throw new StreamClosed();
    }
    if (position < events.size()) {
      return events.get(position++);
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** How many events were taken. */
  public int taken() {
    return position;
  }

  /** How often {@link #close} was called. */
  public int timesClosed() {
    return closed.get();
  }
}
