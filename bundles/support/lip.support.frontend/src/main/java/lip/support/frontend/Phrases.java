package lip.support.frontend;

import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.http.Headers;

/** What every frontend says of itself, each in its own protocol. */
public final class Phrases {
  /** Clients repeat a request whose error sounds temporary. */
  public static final Failure ENDED_BY_US =
      Failure.of(
          FailureClass.UNAVAILABLE,
          "The service ended this request because a part of it is being replaced or stopped (503"
              + " temporarily unavailable). Please try again.");

  /** The body says that it is no JSON. */
  public static final Failure NO_JSON =
      Failure.of(
          FailureClass.UNSUPPORTED_MEDIA, "The request's Content-Type must be application/json.");

  /** An answer without an end. */
  public static final Failure UNFINISHED =
      Failure.of(FailureClass.INTERNAL, "the answer ended without its final event");

  /** In front of one JSON text. */
  public static final Headers JSON = Headers.of("Content-Type", "application/json");

  /** In front of records, which nothing on the way may keep back. */
  public static final Headers STREAM =
      Headers.of(
          "Content-Type", "text/event-stream; charset=utf-8",
          "Cache-Control", "no-cache",
          "X-Accel-Buffering", "no");

  private Phrases() {}
}
