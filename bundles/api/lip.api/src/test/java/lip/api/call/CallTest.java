package lip.api.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.api.tool.ToolKind;
import org.junit.jupiter.api.Test;

class CallTest {
  private static Call.Builder call() {
    return Call.builder("t_1", Dialect.OPENAI_CHAT)
        .messages(List.of(Message.text(Role.USER, "hello")));
  }

  private static Tool tool(String name) {
    return new Tool.Function(name, null, null, null, Meta.NONE);
  }

  @Test
  void needsAMessage() {
    assertThatThrownBy(() -> Call.builder("t_1", Dialect.OPENAI_CHAT).build())
        .isInstanceOfSatisfying(
            InvalidCall.class, e -> assertThat(e.field()).isEqualTo("messages"));
  }

  @Test
  void noToolChoiceIsLegalBesideTools() {
    Call call = call().tools(List.of(tool("a"))).toolChoice(new ToolChoice.None()).build();
    assertThat(call.toolChoice()).isEqualTo(new ToolChoice.None());
  }

  @Test
  void aChosenToolMustBeDeclaredAlsoInsideANamespace() {
    var named = new ToolChoice.Named(ToolKind.FUNCTION, "a");
    assertThatThrownBy(() -> call().toolChoice(named).build())
        .hasMessageStartingWith("tool_choice: ");
    Tool space = new Tool.Namespace("s", null, List.of(tool("a")), Meta.NONE);
    assertThat(call().tools(List.of(space)).toolChoice(named).build().toolChoice())
        .isEqualTo(named);
  }

  @Test
  void boundsAreNamedWithFieldSizeAndLimit() {
    assertThatThrownBy(() -> Part.Text.of("x".repeat(8_388_609)))
        .hasMessage("text: 8388609 bytes, at most 8388608 are allowed");
    assertThatThrownBy(
            () -> call().messages(Collections.nCopies(4097, Message.text(Role.USER, "x"))).build())
        .hasMessage("messages: 4097 elements, at most 4096 are allowed");
    assertThatThrownBy(() -> call().model("a\nb").build())
        .hasMessageContaining("control character");
  }

  @Test
  void optionsHaveRanges() {
    assertThatThrownBy(() -> Options.builder().temperature(2.1).build())
        .hasMessage("temperature: 2.1 is outside of 0.0 to 2.0");
    assertThatThrownBy(() -> Options.builder().topP(Double.NaN).build())
        .isInstanceOf(InvalidCall.class);
    assertThatThrownBy(() -> Options.builder().candidates(0).build()).hasMessageContaining("n: 0");
  }

  @Test
  void theSourceIsDroppedByAChangeOfContentOnly() {
    Source source = new Source(Dialect.OPENAI_CHAT, Json.of("{}"));
    Call call = call().source(source).build();
    assertThat(call.toBuilder().model("m").streaming(true).route("x").build().source())
        .isEqualTo(source);
    assertThat(call.toBuilder().options(Options.NONE).build().source()).isNull();
    assertThat(call.toBuilder().messages(call.messages()).build().source()).isNull();
  }

  @Test
  void theFieldsOfASourceLieInsideOfItOneBehindTheOther() {
    Json body = Json.of("{\"a\":1,\"b\":2}");
    Source.Field a = new Source.Field("a", 1, 5, 6);
    Source.Field b = new Source.Field("b", 7, 11, 12);
    assertThat(new Source(Dialect.OPENAI_CHAT, body, List.of(a, b)).fields()).containsExactly(a, b);
    assertThatThrownBy(() -> new Source(Dialect.OPENAI_CHAT, body, List.of(b, a)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Source(Dialect.OPENAI_CHAT, body, List.of(new Source.Field("c", 7, 11, 14))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Source.Field("a", 5, 5, 6))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theResumeTokenStaysOutOfLogs() {
    assertThat(new Session("c", "s", "very-secret", null).toString()).doesNotContain("very-secret");
  }
}
