package lip.core.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.failure.Rejected;
import lip.core.snapshot.LiveHandler;
import lip.core.snapshot.Stages;
import lip.sdk.feature.AttemptContext;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.StreamStage;
import org.jspecify.annotations.Nullable;

/**
 * The stream handlers of one attempt, one behind the other: what leaves one reaches the next, what
 * leaves the last is ready for the client. Used by the reader of the stream only. Handlers that are
 * not interested are not in it; a stream without any handler has no chain.
 */
public final class EventChain {
  /** Events that one handler may hold, and that all may make of one event. */
  static final int MOST_EVENTS = 16_384;

  /** Rough size of what one handler may hold. */
  static final long MOST_BYTES = 16_777_216;

  private final List<ChainLink> links;
  private final ArrayDeque<Event> ready = new ArrayDeque<>();
  private final Blame blame;
  private final String traceId;
  private int made;
  private boolean ended;

  private EventChain(int handlers, Blame blame, String traceId) {
    this.links = new ArrayList<>(handlers);
    this.blame = blame;
    this.traceId = traceId;
  }

  /**
   * Asks each handler whether it is interested.
   *
   * @return null = none is
   * @throws Rejected when a fail-closed handler fails or has departed
   */
  public static @Nullable EventChain open(Stages stages, AttemptContext context, Blame blame)
      throws Rejected {
    List<LiveHandler<StreamStage>> handlers = stages.onStream();
    if (handlers.isEmpty()) {
      return null;
    }
    EventChain chain = new EventChain(handlers.size(), blame, context.traceId());
    for (LiveHandler<StreamStage> live : handlers) {
      StreamStage.Handler handler = open(live, context, blame);
      if (handler != null) {
        chain.links.add(new ChainLink(chain, chain.links.size() + 1, live, handler));
      }
    }
    return chain.links.isEmpty() ? null : chain;
  }

  private static StreamStage.@Nullable Handler open(
      LiveHandler<StreamStage> live, AttemptContext context, Blame blame) throws Rejected {
    boolean closed = live.failure() == FailurePolicy.FAIL_CLOSED;
    if (live.entry().revoked()) {
      if (closed) {
        throw new Rejected(Faults.departed(live));
      }
      return null;
    }
    live.entry().called();
    try {
      return live.handler().open(context);
    } catch (Throwable e) {
      blame.on(live.entry(), live.stage().id(), context.traceId(), e);
      if (closed) {
        throw new Rejected(Faults.broken(live));
      }
      return null;
    }
  }

  /** Takes the next event of the attempt. */
  public void accept(Event event) {
    made = 0;
    pass(0, event);
  }

  /** The next event for the client; null = none is ready. */
  public @Nullable Event poll() {
    return ready.poll();
  }

  /** Whether {@link #poll()} has one. */
  public boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Whether the terminal event has passed the last handler: nothing more is wanted. */
  public boolean ended() {
    return ended;
  }

  /** Lets go of all handlers. */
  public void close() {
    links.clear();
    ended = true;
  }

  void pass(int link, Event event) {
    if (link < links.size()) {
      links.get(link).take(event);
    } else if (!ended) {
      ready.add(event);
      ended = event.terminal();
    }
  }

  /** Counts an event that a handler makes; false = too many of one event. */
  boolean countMade() {
    return ++made <= MOST_EVENTS;
  }

  void blame(LiveHandler<?> live, Throwable thrown) {
    blame.on(live.entry(), live.stage().id(), traceId, thrown);
  }
}
