package lip.core.executor;

import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.core.gateway.AnswerRoom;
import lip.core.pipeline.EventSize;

/**
 * What is kept of an answer while it runs: by us until it begins, and by the frontend all of it
 * when the client does not stream, else the tool calls. The reader's.
 */
final class KeptEvents {
  private final AnswerRoom.Share share;
  private final boolean whole;
  private boolean begun;
  private long bytes;

  /**
   * Nothing kept yet.
   *
   * @param share of the exchange, which outlives the answer: the client may read it slowly
   * @param whole whether the frontend collects the answer
   */
  KeptEvents(AnswerRoom.Share share, boolean whole) {
    this.share = share;
    this.whole = whole;
  }

  /** Adds an event; false = there is no room for it. */
  boolean add(Event event) {
    if (whole) {
      bytes += EventSize.collected(event);
    } else if (event instanceof Event.ToolCallStarted || (!begun && !event.commits())) {
      bytes += EventSize.of(event);
    }
    return share.holds(bytes);
  }

  /** The events that were kept back until now leave. */
  void begin() {
    if (!whole) {
      begun = true;
      bytes = 0;
    }
  }

  Failure refusal() {
    return share.refusal();
  }
}
