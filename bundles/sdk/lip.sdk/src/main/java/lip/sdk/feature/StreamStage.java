package lip.sdk.feature;

import lip.api.event.Event;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Works on the events of an attempt. */
@FunctionalInterface
@ConsumerType
public interface StreamStage {
  /**
   * A handler for one attempt, with the attempt's own state.
   *
   * @return null = not interested, at no cost
   */
  @Nullable Handler open(AttemptContext context);

  /** Handles one stream; called by one thread. */
  @FunctionalInterface
  @ConsumerType
  interface Handler {
    /**
     * Takes an event and says through {@code out} what leaves in its place; saying nothing drops
     * it.
     */
    void on(Event event, Out out);
  }
}
