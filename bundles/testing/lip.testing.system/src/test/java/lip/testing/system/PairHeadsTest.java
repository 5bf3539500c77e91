package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lip.testing.emulator.Answer;
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
 * What the vendors' clients do not show: heads of answers, counts, Cursor's form, what a provider
 * is not asked.
 */
@Tag("system")
@ExtendWith({SharedInstance.class, Cells.class})
class PairHeadsTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String MESSAGES = "/v1/messages";
  private static final String TURN =
      "\"messages\":[{\"role\":\"user\",\"content\":\"hello there\"}]";
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");

  static Stream<Arguments> cells() {
    return PairsTest.cells();
  }

  static Stream<Arguments> pairs() {
    return PairsTest.pairs();
  }

  static Stream<Arguments> backends() {
    return Stream.of("openai-legacy", "anthropic")
        .flatMap(backend -> Stream.of(true, false).map(s -> Arguments.of(backend, s)));
  }

  @BeforeEach
  void nothingIsLeft(SharedInstance.Parts parts) {
    parts.emulator().reset();
    parts.messages().reset();
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void limitsOfTheProviderAreToldInTheClientsWords(
      String client, String backend, boolean streaming, SharedInstance.Parts parts)
      throws Exception {
    Instant reset = reset();
    parts.emulator().script(new ChatReply().text("a").wire(PairHeadsTest::chatLimits));
    parts
        .messages()
        .script(new MessagesReply().text("a").wire(answer -> messagesLimits(answer, reset)));
    try (Connection connection = new Connection(parts.instance().port())) {
      assertThat(ask(connection, client, backend + ":any", streaming)).isEqualTo(200);
      limits(connection, client, backend, reset);
      assertThat(connection.body()).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {2}")
  @MethodSource("cells")
  void aRefusalHasThemTooAndItsWait(
      String client, String backend, boolean streaming, SharedInstance.Parts parts)
      throws Exception {
    // A limit that was hit rests the key: that is not for the other tests.
    String own = backend.equals("anthropic") ? parts.anthropicProvider() : parts.provider("");
    Instant reset = reset();
    parts.emulator().script(ChatFailure.rateLimited("7").wire(PairHeadsTest::chatLimits));
    parts
        .messages()
        .script(
            MessagesFailure.of(429)
                .wire(answer -> messagesLimits(answer, reset).header("retry-after", "7")));
    try (Connection connection = new Connection(parts.instance().port())) {
      assertThat(ask(connection, client, own + ":any", streaming)).isEqualTo(429);
      assertThat(connection.header("retry-after")).isEqualTo("7");
      limits(connection, client, backend, reset);
      assertThat(connection.body()).contains("error");
    }
    Tree instance = instance(parts, own);
    assertThat(instance.at("facts").list())
        .extracting(fact -> fact.at("topic").text() + " " + fact.at("name").text())
        .containsExactly("key env:UPSTREAM_KEY", "models of the server");
    assertThat(instance.at("facts").list().getFirst().at("state").text())
        .startsWith("resting until ")
        .endsWith(": limited");
  }

  private static Instant reset() {
    return Instant.now().plusSeconds(3_000).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Answer chatLimits(Answer answer) {
    return answer
        .header("x-ratelimit-limit-requests", "100")
        .header("x-ratelimit-remaining-requests", "99")
        .header("x-ratelimit-reset-requests", "50m0s")
        .header("x-ratelimit-remaining-tokens", "4321")
        .header("x-request-id", "req_of_the_provider")
        .header("openai-organization", "org-of-the-operator");
  }

  private static Answer messagesLimits(Answer answer, Instant reset) {
    return answer
        .header("anthropic-ratelimit-requests-limit", "100")
        .header("anthropic-ratelimit-requests-remaining", "99")
        .header("anthropic-ratelimit-requests-reset", reset.toString())
        .header("anthropic-ratelimit-tokens-remaining", "4321")
        .header("request-id", "req_of_the_provider")
        .header("anthropic-organization-id", "org-of-the-operator");
  }

  private static void limits(Connection connection, String client, String backend, Instant reset) {
    boolean chat = client.equals("chat");
    String start = chat ? "x-ratelimit-" : "anthropic-ratelimit-";
    assertThat(connection.header(start + (chat ? "limit-requests" : "requests-limit")))
        .isEqualTo("100");
    assertThat(connection.header(start + (chat ? "remaining-requests" : "requests-remaining")))
        .isEqualTo("99");
    assertThat(connection.header(start + (chat ? "remaining-tokens" : "tokens-remaining")))
        .isEqualTo("4321");
    String until = connection.header(start + (chat ? "reset-requests" : "requests-reset"));
    boolean same = chat == backend.equals("openai-legacy");
    if (same) {
      assertThat(until).isEqualTo(chat ? "50m0s" : reset.toString());
    } else if (chat) {
      assertThat(until).matches("[0-9]{1,2}m[0-9]{1,2}s");
      assertThat(Duration.parse("PT" + until.toUpperCase(Locale.ROOT)))
          .isBetween(Duration.ZERO, Duration.ofSeconds(3_000));
    } else {
      assertThat(Instant.parse(until))
          .isBetween(reset.minusSeconds(1), Instant.now().plusSeconds(3_001));
    }
    String others = chat ? "anthropic-ratelimit-requests-limit" : "x-ratelimit-limit-requests";
    assertThat(connection.header(others)).isEmpty();
    assertThat(connection.header("x-lip-upstream-request-id")).isEqualTo("req_of_the_provider");
    assertThat(connection.header("openai-organization")).isEmpty();
    assertThat(connection.header("anthropic-organization-id")).isEmpty();
  }

  @ParameterizedTest(name = "messages on {0}")
  @ValueSource(strings = {"openai-legacy", "anthropic"})
  void promptsAreCountedByTheProviderThatCan(String backend, SharedInstance.Parts parts)
      throws Exception {
    boolean asked = backend.equals("anthropic");
    try (Connection connection = new Connection(parts.instance().port())) {
      String body = "{\"model\":\"" + backend + ":echo\",\"system\":\"be kind\"," + TURN + "}";
      assertThat(connection.post(MESSAGES + "/count_tokens", "application/json", body))
          .isEqualTo(200);
      if (asked) {
        assertThat(connection.header("x-lip-token-count")).isEqualTo("provider");
      } else {
        assertThat(connection.header("x-lip-token-count")).isEqualTo("o200k");
      }
      assertThat(connection.body()).matches("\\{\"input_tokens\":[1-9][0-9]*}");
    }
    List<ReceivedRequest> requests = parts.messages().requests();
    assertThat(requests.stream().filter(one -> one.path().endsWith("/count_tokens")))
        .hasSize(asked ? 1 : 0)
        .allSatisfy(one -> assertThat(one.bodyText()).contains("be kind", "hello there"));
    assertThat(requests).noneMatch(one -> one.path().endsWith(MESSAGES));
    assertThat(parts.emulator().requests()).noneMatch(one -> one.path().endsWith(CHAT));
  }

  @ParameterizedTest(name = "chat on {0}, streaming {1}")
  @MethodSource("backends")
  void theFormThatCursorSendsIsAnswered(
      String backend, boolean streaming, SharedInstance.Parts parts) throws Exception {
    String body =
        "{\"model\":\""
            + backend
            + ":echo\",\"stream\":"
            + streaming
            + ",\"instructions\":\"be kind\",\"input\":[{\"role\":\"user\",\"content\":"
            + "[{\"type\":\"input_text\",\"text\":\"hello there\"}]}],"
            + "\"tools\":[{\"name\":\"edit\",\"description\":\"e\",\"input_schema\":"
            + "{\"type\":\"object\",\"properties\":{}}}]}";
    try (Connection connection = new Connection(parts.instance().port())) {
      assertThat(connection.post(CHAT, "application/json", body)).isEqualTo(200);
      String answer = connection.body();
      String said =
          CONTENT
              .matcher(answer)
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.joining());
      assertThat(said).isEqualTo("You said: hello there");
      assertThat(answer).contains(streaming ? "\"chat.completion.chunk\"" : "\"chat.completion\"");
      if (streaming) {
        assertThat(answer).endsWith("data: [DONE]\n\n");
      }
    }
    String sent =
        backend.equals("anthropic")
            ? parts.messages().lastRequest().bodyText()
            : parts.emulator().lastRequest().bodyText();
    assertThat(sent).contains("be kind", "hello there", "\"edit\"").doesNotContain("\"input\":");
  }

  @ParameterizedTest(name = "streaming {0}")
  @ValueSource(booleans = {true, false})
  void whatABackendDoesNotDeclareItIsNotAsked(boolean streaming, SharedInstance.Parts parts)
      throws Exception {
    String deepseek = parts.provider("profile = deepseek\n");
    Map<String, String> lacking =
        Map.of(
            "anthropic",
            "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklGRg==\",\"format\":\"wav\"}}",
            deepseek,
            "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}");
    for (Map.Entry<String, String> one : lacking.entrySet()) {
      String body =
          "{\"model\":\""
              + one.getKey()
              + ":echo\",\"stream\":"
              + streaming
              + ",\"messages\":[{\"role\":\"user\",\"content\":["
              + one.getValue()
              + "]}]}";
      try (Connection connection = new Connection(parts.instance().port())) {
        assertThat(connection.post(CHAT, "application/json", body)).isEqualTo(400);
        assertThat(connection.body()).contains("missing: ");
      }
    }
    assertThat(parts.messages().requests()).noneMatch(r -> r.method().equals("POST"));
    assertThat(parts.emulator().requests()).noneMatch(r -> r.method().equals("POST"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"openai-legacy", "anthropic"})
  void aRefusedKeyIsSeenInTheInventoryByItsName(String backend, SharedInstance.Parts parts)
      throws Exception {
    String own = parts.withTwoKeys(backend);
    parts.emulator().script(ChatFailure.of(401), new ChatReply().text("a"));
    parts.messages().script(MessagesFailure.of(401), new MessagesReply().text("a"));
    try (Connection connection = new Connection(parts.instance().port())) {
      assertThat(ask(connection, "chat", own + ":any", false)).isEqualTo(200);
    }
    List<Tree> facts = instance(parts, own).at("facts").list();
    assertThat(facts.getFirst().at("name").text()).isEqualTo("env:UPSTREAM_KEY");
    assertThat(facts.getFirst().at("state").text()).startsWith("retired since ").endsWith(": 401");
    assertThat(facts.get(1).at("name").text()).isEqualTo("env:UPSTREAM_KEY_2");
    assertThat(facts.get(1).at("state").text()).isEqualTo("ready");
    assertThat(facts.toString()).doesNotContain(SharedInstance.KEY, SharedInstance.SECOND_KEY);
  }

  private static Tree instance(SharedInstance.Parts parts, String id) {
    return parts.instance().inventory().at("instances").list().stream()
        .filter(one -> one.at("id").text().equals(id) && one.at("state").text().equals("active"))
        .findFirst()
        .orElseThrow();
  }

  private static int ask(Connection connection, String client, String model, boolean streaming)
      throws IOException {
    String body =
        "{\"model\":\"" + model + "\",\"max_tokens\":99,\"stream\":" + streaming + "," + TURN + "}";
    return connection.request(
        "POST",
        client.equals("chat") ? CHAT : MESSAGES,
        Map.of("Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
