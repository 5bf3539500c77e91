package lip.sdk.frontend;

import lip.sdk.http.Headers;

/**
 * A complete error response in the client's protocol.
 *
 * @param status HTTP status
 * @param headers content type, retry-after and the like
 * @param body whole body
 */
public record ErrorReply(int status, Headers headers, byte[] body) {}
