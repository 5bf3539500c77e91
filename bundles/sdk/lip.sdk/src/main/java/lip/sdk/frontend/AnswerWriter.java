package lip.sdk.frontend;

import lip.api.event.Event;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes the events of an answer to the {@link Records} of its response, for {@link
 * Exchange#follow}. Called by one thread at a time, not always the same; it shares that thread with
 * other streams, so it waits for nothing but the records.
 */
@ConsumerType
public interface AnswerWriter {
  /**
   * Takes the next event.
   *
   * @return whether the response has ended: {@link Records#end} or {@link Records#breakOff}
   */
  boolean write(Event event);

  /** Nothing more is here at the moment: what was gathered shall leave. */
  void pause();

  /** The answer ended without its terminal event; breaks the response off. */
  void cutShort();
}
