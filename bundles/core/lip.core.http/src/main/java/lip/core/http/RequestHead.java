package lip.core.http;

import jakarta.servlet.http.HttpServletRequest;
import lip.sdk.http.Headers;

/**
 * What came before a request's body.
 *
 * @param query empty = none
 * @param chunks whether the client understands chunks, so that a broken stream can be told from an
 *     ended one
 * @param localPort of the connection
 */
record RequestHead(
    String method,
    String path,
    String query,
    String traceId,
    Headers headers,
    boolean chunks,
    int localPort) {

  static RequestHead of(HttpServletRequest request, Headers headers, String traceId) {
    String query = request.getQueryString();
    return new RequestHead(
        request.getMethod(),
        request.getRequestURI(),
        query == null ? "" : query,
        traceId,
        headers,
        request.getProtocol().equals("HTTP/1.1"),
        request.getLocalPort());
  }
}
