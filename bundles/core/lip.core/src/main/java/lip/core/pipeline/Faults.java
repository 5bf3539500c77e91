package lip.core.pipeline;

import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.snapshot.LiveHandler;

/** The failures of fail-closed handlers: the client learns that, never what. */
final class Faults {
  private Faults() {}

  static Failure broken(LiveHandler<?> handler) {
    return Failure.builder(FailureClass.INTERNAL, "internal error")
        .detail(handler.stage().id() + " handler of " + handler.entry().id() + " failed")
        .build();
  }

  static Failure departed(LiveHandler<?> handler) {
    return Failure.builder(
            FailureClass.UNAVAILABLE,
            "a part of this gateway that must see this request is being replaced; try again")
        .detail(handler.stage().id() + " handler of " + handler.entry().id() + " departed")
        .build();
  }
}
