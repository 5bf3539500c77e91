package lip.testing.conformance.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lip.api.call.Call;
import lip.api.failure.Rejected;
import lip.api.message.Message;
import lip.api.message.Role;
import lip.sdk.feature.CallStage;
import lip.testing.kit.Calls;
import org.junit.jupiter.api.Test;

/** A handler of whole calls changes a copy, or refuses with a reason the client can read. */
public interface CallStageContract {
  /** The handler, fresh. */
  CallStage handler() throws Exception;

  /** Calls to run; a handler adds those that make it act. */
  default List<Call> calls() {
    return List.of(
        Calls.text("hello"),
        Calls.builder(
                Calls.toolTurn("look", "call_1", "look", "{}", "seen").toArray(Message[]::new))
            .tools(List.of(Calls.function("look", "{\"type\":\"object\"}")))
            .build(),
        Calls.builder(Message.text(Role.USER, "hi")).streaming(false).build());
  }

  /** Whose call it is never changes. */
  @Test
  default void theCallKeepsItsIdentity() throws Exception {
    for (Call call : calls()) {
      try {
        Call after = handler().on(call, TestContext.of(1));
        assertThat(after.id()).isEqualTo(call.id());
        assertThat(after.dialect()).isEqualTo(call.dialect());
        assertThat(after.streaming()).isEqualTo(call.streaming());
        assertThat(after.session()).isEqualTo(call.session());
      } catch (Rejected e) {
        assertThat(e.failure().message()).isNotBlank();
      }
    }
  }

  /** The same call gets the same treatment, whoever came before. */
  @Test
  default void callsDoNotShareState() throws Exception {
    CallStage shared = handler();
    for (Call call : calls()) {
      assertThat(outcome(shared, call)).isEqualTo(outcome(handler(), call));
    }
  }

  private static String outcome(CallStage stage, Call call) {
    try {
      Call after = stage.on(call, TestContext.of(1));
      return after == call ? "unchanged" : after.messages() + " " + after.tools();
    } catch (Rejected e) {
      return "rejected: " + e.failure().message();
    }
  }
}
