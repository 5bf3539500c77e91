package lip.sdk.feature;

import lip.api.event.Event;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a stream handler puts events. What is held lies in the core and is bounded; it is released
 * without plugin code.
 */
@ProviderType
public interface Out {
  /** Sends an event on. */
  void emit(Event event);

  /** Keeps an event back. */
  void hold(Event event);

  /** Sends on what is held, in order. */
  void release();

  /** Throws away what is held. */
  void dropHeld();
}
