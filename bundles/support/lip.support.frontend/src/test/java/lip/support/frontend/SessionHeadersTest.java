package lip.support.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import lip.api.call.Session;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.Test;

class SessionHeadersTest {
  private static final Headers BOTH =
      Headers.of("X-LIP-Session-Id", "s", "x-lip-resume-token", "t");

  @Test
  void nothingSaidIsNoSession() {
    assertThat(SessionHeaders.read(Headers.NONE)).isSameAs(Session.NONE);
    assertThat(SessionHeaders.clientId(Headers.NONE)).isNull();
  }

  @Test
  void theHeadersWinOverTheBody() {
    assertThat(SessionHeaders.read(BOTH, null, "body", "body"))
        .isEqualTo(new Session(null, "s", "t", null));
    assertThat(SessionHeaders.read(Headers.NONE, null, "body", "token"))
        .isEqualTo(new Session(null, "body", "token", null));
  }

  @Test
  void theClientsOwnIdIsEnough() {
    Headers headers = Headers.of("X-Session-Id", "c");
    assertThat(SessionHeaders.read(headers)).isEqualTo(new Session("c", null, null, null));
  }
}
