package lip.sdk.upstream;

import java.net.URI;
import lip.sdk.http.Headers;

/**
 * One outbound request. {@code Host}, {@code Content-Length} and connection headers are the
 * client's business.
 *
 * @param method such as POST
 * @param uri http or https, without user info and fragment
 * @param headers further fields
 * @param body whole body; empty = none. Not copied: the caller must not change it until the reply
 *     is closed
 * @param timeouts limits
 * @param streamed whether the server was asked to stream: selects the limit for the head
 */
public record Request(
    String method, URI uri, Headers headers, byte[] body, Timeouts timeouts, boolean streamed) {
  /** A GET. */
  public static Request get(URI uri, Headers headers, Timeouts timeouts) {
    return new Request("GET", uri, headers, new byte[0], timeouts, false);
  }

  /** A streamed POST of JSON; the content type is added. */
  public static Request post(URI uri, Headers headers, byte[] json, Timeouts timeouts) {
    return new Request(
        "POST", uri, headers.plus("Content-Type", "application/json"), json, timeouts, true);
  }
}
