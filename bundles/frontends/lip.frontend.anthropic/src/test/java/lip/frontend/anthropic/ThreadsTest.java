package lip.frontend.anthropic;

import static lip.frontend.anthropic.Requests.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import lip.testing.conformance.frontend.Served;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conversations that the provider keeps: {@code thread}, which Anthropic's tool runner asks for.
 */
class ThreadsTest {
  private static final String ASK =
      "{\"model\":\"claude-x\",\"max_tokens\":10,\"thread\":%s,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"create\"}",
        "{\"type\":\"continue\",\"previous_message_id\":\"msg_1\"}"
      })
  void areRefusedInTheWordsOnWhichClientsSendTheWholeHistory(String thread) throws Exception {
    Served x = CLIENT.answered(ASK.formatted(thread), Events.text("no"));
    assertThat(x.status()).isEqualTo(400);
    assertThat(x.text())
        .contains("\"type\":\"invalid_request_error\"")
        .contains(
            "\"details\":{\"error_code\":\"thread_unsupported_request\",\"unsupported\":[\"thread\"]}");
  }

  @Test
  void noThreadIsNoMatter() throws Exception {
    Served x = CLIENT.answered(ASK.formatted("null"), Events.text("yes"));
    assertThat(x.status()).isEqualTo(200);
    assertThat(x.text()).contains("yes");
  }
}
