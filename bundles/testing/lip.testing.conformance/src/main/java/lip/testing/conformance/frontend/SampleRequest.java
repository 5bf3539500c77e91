package lip.testing.conformance.frontend;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import lip.sdk.http.Headers;

/**
 * A request of a client.
 *
 * @param method upper-case method
 * @param path path as sent
 * @param query query as sent; empty = none
 * @param parameters values of the pattern's names
 * @param headers header fields
 * @param body body
 */
public record SampleRequest(
    String method,
    String path,
    String query,
    Map<String, String> parameters,
    Headers headers,
    byte[] body) {
  /** A POST of JSON. */
  public static SampleRequest post(String path, String json) {
    return new SampleRequest(
        "POST",
        path,
        "",
        Map.of(),
        Headers.of("Content-Type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8));
  }

  /** A GET. */
  public static SampleRequest get(String path) {
    return new SampleRequest("GET", path, "", Map.of(), Headers.NONE, new byte[0]);
  }

  /** The same with values of the pattern's names. */
  public SampleRequest with(Map<String, String> values) {
    return new SampleRequest(method, path, query, values, headers, body);
  }

  /**
   * The same with more header fields.
   *
   * @param fields names and values in turn
   */
  public SampleRequest with(String... fields) {
    return new SampleRequest(
        method, path, query, parameters, headers.plus(Headers.of(fields)), body);
  }
}
