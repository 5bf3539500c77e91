package lip.testing.benchmarks;

import lip.api.event.Event;

/** An open stream towards a client. */
public interface Writing {
  /** Writes an event and forgets the bytes; how many there were. */
  int write(Event event);
}
