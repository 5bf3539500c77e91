package lip.backend.openai.legacy;

import java.util.ArrayDeque;
import java.util.Deque;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Fidelity;
import org.jspecify.annotations.Nullable;

/** An answer whose thoughts stand in tags in its text. */
final class ThoughtStream implements EventStream {
  private final EventStream stream;
  private final Deque<Event> events = new ArrayDeque<>();
  private final ThinkTags tags;
  private @Nullable UpstreamFailure failure;
  private boolean ended;
  private volatile boolean closed;

  ThoughtStream(EventStream stream, Profile.Tags tags, Fidelity fidelity) {
    this.stream = stream;
    this.tags = new ThinkTags(tags, fidelity, events::add);
  }

  @Override
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
      if (ended || tags.over()) {
        return ended ? null : stream.next();
      }
      pull();
    }
  }

  @Override
  public boolean ready() {
    while (!closed && events.isEmpty() && failure == null && !ended) {
      if (tags.over() || !stream.ready()) {
        return stream.ready();
      }
      try {
        pull();
      } catch (StreamClosed _) {
        return false;
      }
    }
    return !closed;
  }

  /** What was held back comes before the failure. */
  private void pull() {
    try {
      Event event = stream.next();
      if (event == null) {
        tags.end();
        ended = true;
      } else {
        tags.accept(event);
      }
    } catch (UpstreamFailure e) {
      tags.end();
      failure = e;
    }
  }

  @Override
  public void close() {
    closed = true;
    stream.close();
  }
}
