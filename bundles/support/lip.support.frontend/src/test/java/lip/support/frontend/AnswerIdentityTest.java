package lip.support.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import lip.api.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerIdentityTest {
  @Test
  void whatTheProviderSaysIsTakenWhereTheClientSaidNothing() {
    AnswerIdentity identity = new AnswerIdentity("msg_", "msg_ours", null);
    assertThat(identity.model()).isEmpty();

    identity.started(new Event.ResponseStarted("msg_theirs", "m-2026", 0));

    assertThat(identity.id()).isEqualTo("msg_theirs");
    assertThat(identity.model()).isEqualTo("m-2026");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chatcmpl-1", "msg_a b", "msg_\u00e4", "msg_\n"})
  void anIdOfAnotherFormIsReplacedByOurs(String theirs) {
    AnswerIdentity identity = new AnswerIdentity("msg_", "msg_ours", "m");
    identity.started(new Event.ResponseStarted(theirs, "m-2026", 0));

    assertThat(identity.id()).isEqualTo("msg_ours");
    assertThat(identity.model()).isEqualTo("m");
  }
}
