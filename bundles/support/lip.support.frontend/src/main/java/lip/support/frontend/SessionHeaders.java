package lip.support.frontend;

import lip.api.call.Session;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** What the head of a request says about its conversation, the same in every protocol. */
public final class SessionHeaders {
  private SessionHeaders() {}

  /** The id that many clients give their conversation; null = none. */
  public static @Nullable String clientId(Headers headers) {
    return headers.first("x-session-id");
  }

  /** The session of a request in a protocol whose bodies say nothing about it. */
  public static Session read(Headers headers) {
    return read(headers, clientId(headers), null, null);
  }

  /**
   * The session of a request.
   *
   * @param clientId conversation id of the client, wherever its protocol has it; null = none
   * @param sessionId from the body; the header wins
   * @param resumeToken from the body; the header wins
   */
  public static Session read(
      Headers headers,
      @Nullable String clientId,
      @Nullable String sessionId,
      @Nullable String resumeToken) {
    String id = first(headers, "X-LIP-Session-Id", sessionId);
    String token = first(headers, "X-LIP-Resume-Token", resumeToken);
    return id == null && token == null && clientId == null
        ? Session.NONE
        : new Session(clientId, id, token, null);
  }

  private static @Nullable String first(Headers headers, String name, @Nullable String other) {
    String value = headers.first(name);
    return value == null ? other : value;
  }
}
