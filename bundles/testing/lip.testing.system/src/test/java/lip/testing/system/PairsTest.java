package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicException;
import com.openai.errors.OpenAIException;
import java.util.List;
import java.util.stream.Stream;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.chat.ChatReply;
import lip.testing.emulator.messages.MessagesReply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each vendor's own client against each kind of provider, streamed and whole. */
@Tag("system")
@ExtendWith(SharedInstance.class)
class PairsTest {
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  static Stream<Arguments> cells() {
    return Stream.of("chat", "messages")
        .flatMap(client ->
            Stream.of("openai-legacy", "anthropic")
                .flatMap(
                    backend -> Stream.of(true, false).map(s -> Arguments.of(client, backend, s))));
  }

  static Stream<Arguments> pairs() {
    return cells().filter(cell -> cell.get()[2].equals(true));
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void text(String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    Said said = talk(client, backend + ":echo", parts).say("hello there").answer(streaming);
    assertThat(said.text()).isEqualTo("You said: hello there");
    assertThat(said.finish()).isEqualTo("stop");
    assertThat(said.output()).isEqualTo(4);
    assertThat(said.input()).isPositive();
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void aToolLoopOfThreeTurns(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    Talk talk = talk(client, backend + ":tools-parallel", parts).withTool();
    for (int turn = 1; turn <= 3; turn++) {
      Said calls = talk.say("turn " + turn).answer(streaming);
      assertThat(calls.finish()).isEqualTo("tools");
      assertThat(calls.calls()).hasSize(2).allMatch(call -> call.name().equals("weather"));
      assertThat(calls.calls()).allMatch(call -> call.arguments().contains("Rome"));
      Said answer = talk.results(calls, "sunny " + turn).answer(streaming);
      assertThat(answer.text()).isEqualTo("The tool said: sunny " + turn);
      assertThat(answer.finish()).isEqualTo("stop");
    }
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void finishReasons(String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    Said said = talk(client, backend + ":length", parts).say("x").answer(streaming);
    assertThat(said.finish()).isEqualTo("length");
    assertThat(said.text()).isEqualTo("This answer is cut");
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void imagesStopsAndSystemArrive(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    talk(client, backend + ":echo", parts).stopAt("END").show(PIXEL).answer(streaming);
    boolean chat = backend.equals("openai-legacy");
    String body =
        chat
            ? parts.emulator().lastRequest().bodyText()
            : parts.messages().lastRequest().bodyText();
    assertThat(body).contains(PIXEL).contains("be kind");
    assertThat(body).contains(chat ? "\"stop\":[\"END\"]" : "\"stop_sequences\":[\"END\"]");
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void usageCountsTheCache(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    parts.emulator().reset();
    parts.messages().reset();
    parts
        .emulator()
        .script(
            new ChatReply()
                .text("a")
                .usage(
                    JsonValue.object(
                        "prompt_tokens",
                        33,
                        "completion_tokens",
                        7,
                        "total_tokens",
                        40,
                        "prompt_tokens_details",
                        JsonValue.object("cached_tokens", 20))));
    parts.messages().script(new MessagesReply().text("a").usage(3, 20, 10, 7));
    Said said = talk(client, backend + ":any", parts).say("x").answer(streaming);
    assertThat(said.input()).isEqualTo(33);
    assertThat(said.output()).isEqualTo(7);
    parts.emulator().reset();
    parts.messages().reset();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void anErrorBeforeOutputKeepsStatusAndWait(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    // A limit that was hit rests the key: that is not for the other tests.
    String own = backend.equals("anthropic") ? parts.anthropicProvider() : parts.provider("");
    Talk talk = talk(client, own + ":error-429", parts).say("x");
    if (client.equals("chat")) {
      assertThatExceptionOfType(com.openai.errors.RateLimitException.class)
          .isThrownBy(() -> talk.answer(streaming))
          .satisfies(e -> assertThat(e.headers().values("retry-after")).isEqualTo(List.of("1")));
    } else {
      assertThatExceptionOfType(com.anthropic.errors.RateLimitException.class)
          .isThrownBy(() -> talk.answer(streaming))
          .satisfies(e -> assertThat(e.headers().values("retry-after")).isEqualTo(List.of("1")));
    }
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void anErrorAfterOutputIsNoAnswer(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    Talk talk = talk(client, backend + ":error-inband", parts).say("x");
    assertThatThrownBy(() -> talk.answer(streaming))
        .isInstanceOfAny(OpenAIException.class, AnthropicException.class);
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void anAnswerThatJustEndsIsNoAnswer(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    String model = backend.equals("anthropic") ? ":no-end" : ":no-finish";
    Talk talk = talk(client, backend + model, parts).say("x");
    assertThatThrownBy(() -> talk.answer(streaming))
        .isInstanceOfAny(OpenAIException.class, AnthropicException.class);
  }

  /** The emulator refuses a thought that is not exactly its own. */
  @ParameterizedTest(name = "messages on anthropic, streaming {0}")
  @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
  void thoughtsGoBackUnchanged(boolean streaming, SharedInstance.Parts parts) {
    Talk talk = talk("messages", "anthropic:thinking", parts).withTool().say("x");
    Said calls = talk.answer(streaming);
    assertThat(calls.calls()).hasSize(1);
    assertThat(talk.results(calls, "sunny").answer(streaming).text())
        .isEqualTo("Thought about it.");
    assertThat(parts.messages().lastRequest().bodyText())
        .contains(MessagesReply.signature("A tool will help."));
  }

  private static Talk talk(String client, String model, SharedInstance.Parts parts) {
    return client.equals("chat")
        ? new ChatTalk(parts.client(), model)
        : new MessagesTalk(parts.anthropic(), model);
  }
}
