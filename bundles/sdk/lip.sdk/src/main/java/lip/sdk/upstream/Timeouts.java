package lip.sdk.upstream;

import java.time.Duration;

/**
 * Limits of time of one upstream exchange; there is none for the whole of it.
 *
 * @param firstByte request sent to response head of a streamed call
 * @param idle silence inside an answer
 * @param unstreamed request sent to response head where the server is told not to stream
 */
public record Timeouts(Duration firstByte, Duration idle, Duration unstreamed) {
  /** 60 s, 5 min, 10 min; a request with this very object gets the operator's limits instead. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofMinutes(10));
}
