package lip.testing.benchmarks;

import lip.api.event.Event;
import lip.api.failure.UpstreamFailure;

/** An open stream from a provider. */
public interface ReadingDeltas {
  /** The next delta of text. */
  Event next() throws UpstreamFailure;
}
