package lip.api.call;

import lip.api.InvalidCall;
import lip.api.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What the client says about its conversation. All of it is a hint until the session gate has
 * checked it.
 *
 * @param clientId conversation id offered by the client; null = none
 * @param sessionId id that we issued earlier; null = none
 * @param resumeToken proof that belongs to it, a secret; null = none
 * @param aLegId A-leg that the client claims; null = none
 */
public record Session(
    @Nullable String clientId,
    @Nullable String sessionId,
    @Nullable String resumeToken,
    @Nullable String aLegId) {
  /** Nothing said. */
  public static final Session NONE = new Session(null, null, null, null);

  /** Checks the lengths. */
  public Session {
    check("session.client_id", clientId, Limits.SESSION_ID);
    check("session.session_id", sessionId, Limits.SESSION_ID);
    check("session.resume_token", resumeToken, Limits.RESUME_TOKEN);
    check("session.a_leg_id", aLegId, Limits.SESSION_ID);
  }

  private static void check(String field, @Nullable String value, int limit) {
    if (value != null) {
      InvalidCall.checkLength(field, value, limit);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Session[clientId=" + clientId + ", sessionId=" + sessionId + ", aLegId=" + aLegId + "]";
  }
}
