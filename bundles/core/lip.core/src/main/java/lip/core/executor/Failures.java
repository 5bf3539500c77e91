package lip.core.executor;

import java.time.Duration;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.gateway.EndCause;
import lip.core.routing.Shown;

/** The failures that the executor finds itself, in plain words. */
final class Failures {
  private Failures() {}

  /** A defect of ours or of a plugin; another candidate may do better. */
  static Failure internal() {
    return Failure.builder(FailureClass.INTERNAL, "internal error").recoverable(true).build();
  }

  static Failure of(EndCause cause) {
    return switch (cause) {
      case CLIENT_GONE -> Failure.of(FailureClass.CANCELLED, "the client closed its connection");
      case CLIENT_STALLED ->
          Failure.of(FailureClass.CANCELLED, "the client stopped reading the answer");
      case RACE_LOST -> Failure.of(FailureClass.CANCELLED, "another attempt was faster");
      case FIRST_EVENT_LIMIT ->
          Failure.of(FailureClass.TIMEOUT, "the provider did not begin its answer in time");
      case IDLE_LIMIT ->
          Failure.of(FailureClass.TIMEOUT, "the provider went silent in the middle of its answer");
      case DRAIN ->
          Failure.of(
              FailureClass.UNAVAILABLE,
              "the part of the gateway that served this request was replaced; try again");
      case SHUTDOWN ->
          Failure.of(FailureClass.UNAVAILABLE, "the gateway is shutting down; try again");
    };
  }

  /** Whether nobody is left to be told. */
  static boolean silent(EndCause cause) {
    return switch (cause) {
      case CLIENT_GONE, CLIENT_STALLED, RACE_LOST -> true;
      case FIRST_EVENT_LIMIT, IDLE_LIMIT, DRAIN, SHUTDOWN -> false;
    };
  }

  static Failure departed(String backendId) {
    return Failure.builder(
            FailureClass.UNAVAILABLE,
            "backend \"" + Shown.text(backendId) + "\" is not live any more")
        .recoverable(true)
        .build();
  }

  static Failure busy(String backendId, int limit) {
    return Failure.builder(
            FailureClass.RATE_LIMITED,
            "backend \""
                + Shown.text(backendId)
                + "\" already serves "
                + limit
                + " requests, the most it may")
        .recoverable(true)
        .retryAfter(Duration.ofSeconds(1))
        .build();
  }

  static Failure truncated() {
    return Failure.builder(
            FailureClass.UPSTREAM, "the provider's answer broke off before it was complete")
        .recoverable(true)
        .build();
  }
}
