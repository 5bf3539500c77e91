package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicException;
import com.openai.errors.OpenAIException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lip.testing.emulator.Ending;
import lip.testing.emulator.Exchange;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.ReceivedRequest;
import lip.testing.emulator.chat.ChatFailure;
import lip.testing.emulator.chat.ChatReply;
import lip.testing.emulator.messages.MessagesFailure;
import lip.testing.emulator.messages.MessagesReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each vendor's own client against each kind of provider, streamed and whole. What is refused
 * stands in {@code refused.txt}.
 */
@Tag("system")
@ExtendWith({SharedInstance.class, Cells.class})
class PairsTest {
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  private static final String PDF = "JVBERi0xLjQKJSVFT0YK";

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

  static Stream<Arguments> keys() {
    return pairs()
        .flatMap(
            pair -> Stream.of(401, 429).map(s -> Arguments.of(pair.get()[0], pair.get()[1], s)));
  }

  /** No script and no request of one cell is for the next. */
  @BeforeEach
  void nothingIsLeft(SharedInstance.Parts parts) {
    parts.emulator().reset();
    parts.messages().reset();
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
    assertThat(body(backend, parts)).contains(PIXEL).contains("be kind");
    assertThat(body(backend, parts))
        .contains(isChat(backend) ? "\"stop\":[\"END\"]" : "\"stop_sequences\":[\"END\"]");
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void usageCountsTheCache(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
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

  /** The emulator for Messages refuses a thought that is not exactly its own. */
  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void thoughtsGoBackUnchanged(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    String thought = "A tool will help.";
    parts
        .emulator()
        .script(
            new ChatReply()
                .reasoning("A tool ", "will help.")
                .toolCall("call_1", "weather", "{\"city\":\"Rome\"}"));
    parts
        .messages()
        .script(
            new MessagesReply()
                .thinking("A tool ", "will help.")
                .toolUse("toolu_1", "weather", "{\"city\":\"Rome\"}"));
    Talk talk = talk(client, backend + ":any", parts).withTool().think().say("x");
    Said calls = talk.answer(streaming);
    assertThat(calls.calls()).hasSize(1);
    assertThat(talk.results(calls, "sunny").answer(streaming).text())
        .isEqualTo("The tool said: sunny");
    assertThat(body(backend, parts)).contains(thought);
    if (!isChat(backend)) {
      assertThat(body(backend, parts)).contains(MessagesReply.signature(thought));
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void aStreamSaysTheSameAsAWholeAnswer(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    assertThat(talk(client, backend + ":echo", parts).say("one two").answer(true))
        .isEqualTo(talk(client, backend + ":echo", parts).say("one two").answer(false));
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void aToolIsCalled(String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    Said said = talk(client, backend + ":tools", parts).withTool().say("x").answer(streaming);
    assertThat(said.finish()).isEqualTo("tools");
    assertThat(said.calls()).hasSize(1);
    assertThat(said.calls().getFirst().arguments()).contains("city").contains("Rome");
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void instructionsKeepTheirOrder(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    talk(client, backend + ":echo", parts).instruct("be brief").say("the question").answer(true);
    String body = body(backend, parts);
    assertThat(body).containsSubsequence("be kind", "be brief");
    if (isChat(backend)) {
      assertThat(body).containsSubsequence("be brief", "the question");
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void documentsArrive(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    talk(client, backend + ":echo", parts).give(PDF).answer(streaming);
    assertThat(body(backend, parts)).contains(PDF).contains("application/pdf");
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void answersBySchema(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    String json = "{\"city\":\"Rome\"}";
    if (isChat(backend)) {
      parts.emulator().script(new ChatReply().text("{\"city\":", "\"Rome\"}"));
    } else {
      parts.messages().script(new MessagesReply().text("{\"city\":", "\"Rome\"}"));
    }
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("city", Map.of("type", "string")),
            "required",
            List.of("city"),
            "additionalProperties",
            false);
    Said said = talk(client, backend + ":any", parts).asJson(schema).say("x").answer(streaming);
    assertThat(said.text()).isEqualTo(json);
    assertThat(body(backend, parts))
        .contains(isChat(backend) ? "\"response_format\"" : "\"output_config\"")
        .contains("\"json_schema\"", "\"required\":[\"city\"]");
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void aClientThatLeavesEndsTheUpstreamCall(
      String client, String backend, boolean streaming, SharedInstance.Parts parts)
      throws InterruptedException {
    talk(client, backend + ":stall-body", parts).say("x").abandon();
    List<Exchange> all =
        isChat(backend) ? parts.emulator().exchanges() : parts.messages().exchanges();
    assertThat(all.getLast().awaitEnding(Duration.ofSeconds(10))).isEqualTo(Ending.CLIENT_GONE);
  }

  @ParameterizedTest(name = "{0} on {1}, {2}")
  @MethodSource("keys")
  void theSecondKeyAnswersInTheSameAttempt(
      String client, String backend, int status, SharedInstance.Parts parts) {
    String own = parts.withTwoKeys(backend);
    if (isChat(backend)) {
      parts.emulator().script(ChatFailure.of(status), new ChatReply().text("from the second"));
    } else {
      parts
          .messages()
          .script(MessagesFailure.of(status), new MessagesReply().text("from the second"));
    }
    assertThat(talk(client, own + ":any", parts).say("x").answer(true).text())
        .isEqualTo("from the second");
    List<ReceivedRequest> asked =
        isChat(backend) ? parts.emulator().requests() : parts.messages().requests();
    List<String> keys =
        asked.subList(asked.size() - 2, asked.size()).stream().map(PairsTest::key).toList();
    assertThat(keys).containsExactly(SharedInstance.KEY, SharedInstance.SECOND_KEY);
    // Another attempt would have left a line about the first one.
    assertThat(parts.instance().log().lines())
        .noneMatch(line -> line.contains("attempt ended") && line.contains("backend=" + own + " "));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void anErrorOfTheProviderKeepsItsType(
      String client, String backend, boolean streaming, SharedInstance.Parts parts) {
    Talk wrong = talk(client, backend + ":error-400", parts).say("x");
    Talk full = talk(client, backend + ":error-529", parts).say("x");
    if (client.equals("chat")) {
      assertThatExceptionOfType(com.openai.errors.BadRequestException.class)
          .isThrownBy(() -> wrong.answer(streaming))
          .withMessageContaining("The request is invalid.");
      assertThatExceptionOfType(com.openai.errors.InternalServerException.class)
          .isThrownBy(() -> full.answer(streaming))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(503));
    } else {
      assertThatExceptionOfType(com.anthropic.errors.BadRequestException.class)
          .isThrownBy(() -> wrong.answer(streaming))
          .withMessageContaining("The request is invalid.");
      assertThatExceptionOfType(com.anthropic.errors.InternalServerException.class)
          .isThrownBy(() -> full.answer(streaming))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(529));
    }
  }

  @ParameterizedTest(name = "chat on {0}")
  @ValueSource(strings = {"openai-legacy", "anthropic"})
  void soundArrives(String backend, SharedInstance.Parts parts) {
    new ChatTalk(parts.client(), backend + ":echo").sound("UklGRg==").answer(true);
    assertThat(body(backend, parts)).contains("UklGRg==");
  }

  @ParameterizedTest(name = "messages on {0}")
  @ValueSource(strings = {"openai-legacy", "anthropic"})
  void theProviderKeepsTheConversation(String backend, SharedInstance.Parts parts) {
    new MessagesTalk(parts.anthropic(), backend + ":echo").kept().say("x").answer(true);
  }

  private static boolean isChat(String backend) {
    return backend.equals("openai-legacy");
  }

  /** What the provider was asked last. */
  private static String body(String backend, SharedInstance.Parts parts) {
    return isChat(backend)
        ? parts.emulator().lastRequest().bodyText()
        : parts.messages().lastRequest().bodyText();
  }

  private static String key(ReceivedRequest request) {
    return request
        .header("x-api-key")
        .orElseGet(() -> request.header("Authorization").orElse("").replaceFirst("Bearer ", ""));
  }

  private static Talk talk(String client, String model, SharedInstance.Parts parts) {
    return client.equals("chat")
        ? new ChatTalk(parts.client(), model)
        : new MessagesTalk(parts.anthropic(), model);
  }
}
