package lip.core.http;

import java.time.Duration;

/**
 * The limits an exchange keeps from its start to its end.
 *
 * @param maxBody largest decoded request body in bytes
 * @param maxRawBody largest raw request body in bytes
 * @param maxHeldBodies most bytes of decoded request bodies that all exchanges hold together
 * @param read from the end of the headers to the end of the body; for raw bodies the longest pause
 * @param write longest single blocked write
 * @param idle how long a connection may rest between requests
 * @param keepAlive silence after which a stream gets a keep-alive record
 */
public record Terms(
    long maxBody,
    long maxRawBody,
    long maxHeldBodies,
    Duration read,
    Duration write,
    Duration idle,
    Duration keepAlive) {
  /** What holds until the settings are known. */
  public static final Terms DEFAULT =
      new Terms(
          32L << 20,
          512L << 20,
          64L << 20,
          Duration.ofSeconds(30),
          Duration.ofSeconds(120),
          Duration.ofSeconds(120),
          Duration.ofSeconds(12));

  /** What a single body may have: also alone it must find room. */
  long largestBody() {
    return Math.min(maxBody, maxHeldBodies);
  }
}
