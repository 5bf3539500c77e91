package lip.backend.openai.legacy;

import java.util.ArrayDeque;
import java.util.Deque;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Fidelity;
import lip.support.provider.EventQueue;
import org.jspecify.annotations.Nullable;

/** An answer whose thoughts stand in tags in its text. */
final class ThoughtStream implements EventStream {
  private final EventStream stream;
  private final ThinkTags tags;
  private final EventQueue events;

  ThoughtStream(EventStream stream, Profile.Tags tags, Fidelity fidelity) {
    this.stream = stream;
    Deque<Event> decoded = new ArrayDeque<>();
    this.tags = new ThinkTags(tags, fidelity, decoded::add);
    events = new EventQueue(decoded, this::advance);
  }

  @Override
  public @Nullable Event next() throws UpstreamFailure {
    return events.next();
  }

  @Override
  public boolean ready() {
    return events.ready();
  }

  @Override
  public boolean whenReady(Runnable look) {
    return stream.whenReady(look);
  }

  @Override
  public void close() {
    events.close();
    stream.close();
  }

  /** What was held back comes before the failure. */
  private boolean advance(boolean wait) {
    if (!wait && !stream.ready()) {
      return false;
    }
    try {
      Event event = stream.next();
      if (event == null) {
        tags.end();
        events.end();
      } else {
        tags.accept(event);
      }
    } catch (UpstreamFailure e) {
      tags.end();
      events.fail(e);
    } catch (StreamClosed e) {
      if (wait) {
        throw e;
      }
      return false;
    }
    return true;
  }
}
