package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lip.api.Dialect;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;

class ToolResultsTest {
  @Test
  void aFailureIsSaidInTheText() throws Exception {
    assertThat(sent(true, Part.Text.of("no such file")))
        .contains("\"tool_call_id\":\"c\",\"content\":\"Error: no such file\"");
  }

  @Test
  void aTextThatSaysSoStaysAsItIs() throws Exception {
    assertThat(sent(true, Part.Text.of("error: no such file")))
        .contains("\"content\":\"error: no such file\"");
  }

  @Test
  void aSuccessStaysAsItIs() throws Exception {
    assertThat(sent(false, Part.Text.of("done"))).contains("\"content\":\"done\"");
  }

  @Test
  void aFailureWithoutTextIsOneTheless() throws Exception {
    assertThat(sent(true)).contains("\"tool_call_id\":\"c\",\"content\":\"Error:\"");
    assertThat(
            sent(
                true,
                Part.Media.of(MediaKind.IMAGE, new MediaSource.Url("https://x/y"), "image/png")))
        .contains("\"tool_call_id\":\"c\",\"content\":\"Error:\"");
  }

  private static String sent(boolean error, Part... content) throws Exception {
    Call call =
        Call.builder("call-1", Dialect.ANTHROPIC)
            .messages(
                List.of(
                    Message.text(Role.USER, "x"),
                    Message.of(Role.ASSISTANT, List.of(Part.ToolCall.of("c", "f", "{}"))),
                    Message.of(
                        Role.USER,
                        List.of(
                            new Part.ToolResult("c", null, List.of(content), error, Meta.NONE)))))
            .build();
    FixedUpstream upstream =
        FixedUpstream.stream(
            "data:"
                + " {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n");
    Backends.of(upstream).open(new TestAttempt("m", call));
    return upstream.lastBody();
  }
}
