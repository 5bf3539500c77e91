package lip.support.frontend;

import java.time.Duration;
import lip.api.failure.Failure;
import lip.sdk.http.Headers;

/** Tells clients when to try again: in whole seconds, and exactly for those who read it. */
public final class RetryHeaders {
  private RetryHeaders() {}

  /**
   * The headers of an error with what its failure says of it.
   *
   * @param name {@code Retry-After} as the protocol's provider spells it
   */
  public static Headers with(Headers headers, String name, Failure failure) {
    Duration wait = failure.retryAfter();
    if (wait == null) {
      return soon(failure) ? headers.plus(name, "1") : headers;
    }
    long millis = Math.max(0, wait.toMillis());
    return headers
        .plus(name, String.valueOf((millis + 999) / 1000))
        .plus("retry-after-ms", String.valueOf(millis));
  }

  /** Failures of ours that pass by themselves. */
  private static boolean soon(Failure failure) {
    return failure.upstreamStatus() == 0
        && switch (failure.kind().id()) {
          case "rate_limited", "overloaded", "unavailable" -> true;
          default -> false;
        };
  }
}
