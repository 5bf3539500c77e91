package lip.testing.conformance.feature;

import lip.api.event.Event;
import lip.sdk.feature.Out;

/** Takes nothing, as the core's does past its bounds. */
final class RefusingOut implements Out {
  /** What it throws. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void emit(Event event) {
    throw new Refused();
  }

  @Override
  public void hold(Event event) {
    throw new Refused();
  }

  @Override
  public void release() {
    throw new Refused();
  }

  @Override
  public void dropHeld() {
    throw new Refused();
  }
}
