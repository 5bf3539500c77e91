package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client, the log and the inventory say of a request that does not pass unchanged. */
@Tag("system")
@ExtendWith(SharedInstance.class)
class FidelityHttpTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String MESSAGES = "/v1/messages";
  private static final String TURN =
      "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]";

  /** A frontend, a backend, fields of a request, and what of them is lost. */
  static Stream<Arguments> pairs() {
    return Stream.of(
            Arguments.of(
                "openai-legacy", "openai-legacy", "\"seed\":1,\"logprobs\":true", List.of()),
            Arguments.of(
                "openai-legacy",
                "anthropic",
                "\"seed\":1,\"odd\":2,\"logprobs\":true",
                List.of("seed", "openai.chat:odd", "logprobs")),
            Arguments.of(
                "anthropic",
                "anthropic",
                "\"max_tokens\":9,\"top_k\":2,\"thinking\":{\"type\":\"disabled\"}",
                List.of()),
            Arguments.of(
                "anthropic",
                "openai-legacy",
                "\"max_tokens\":9,\"odd\":2,\"system\":[{\"type\":\"text\",\"text\":\"s\",\"cache_control\":{\"type\":\"ephemeral\"}}]",
                List.of("anthropic:odd", "cache_control")))
        .flatMap(pair ->
            Stream.of(true, false)
                .map(streaming ->
                    Arguments.of(
                        pair.get()[0], pair.get()[1], pair.get()[2], pair.get()[3], streaming)));
  }

  @ParameterizedTest(name = "{0} on {1}, streaming {4}")
  @MethodSource("pairs")
  void whatIsLostIsToldToWhoeverAsks(
      String frontend,
      String backend,
      String fields,
      List<String> lost,
      boolean streaming,
      SharedInstance.Parts parts)
      throws Exception {
    Tree before = totals(parts, frontend, backend);
    String trace = "fidelity-" + frontend + "-" + backend + "-" + streaming;
    try (Connection connection = new Connection(parts.instance().port())) {
      int status = ask(connection, frontend, backend, fields, streaming, trace, "route, fidelity");
      assertThat(status).isEqualTo(200);
      assertThat(connection.header("x-lip-route"))
          .isEqualTo("\"" + backend + ":echo\";reason=model_prefix;attempt=1");
      String told = connection.header("x-lip-fidelity");
      assertThat(told).startsWith("total;lost=").hasSizeLessThanOrEqualTo(2048).matches("[ -~]*");
      for (String field : lost) {
        assertThat(told).contains("lost;field=\"" + field + "\";way=request;reason=\"");
      }
      boolean same = frontend.equals(backend);
      if (same) {
        assertThat(told).isEqualTo("total;lost=0;mapped=0");
      }
      rest(connection);
      if (same) {
        assertThat(parts.instance().log()).doesNotContain("not passed unchanged: call=" + trace);
        return;
      }
    }
    await()
        .untilAsserted(() -> {
          Tree after = totals(parts, frontend, backend);
          assertThat(number(after, "requests")).isGreaterThan(number(before, "requests"));
          assertThat(number(after, "lost")).isGreaterThanOrEqualTo(number(before, "lost") + 2);
          assertThat(after.at("lastLost").list()).extracting(Tree::text).containsAll(lost);
          // Whoever was the first to lose it: what goes on is not said again.
          assertThat(parts.instance().log())
              .containsPattern(
                  "not passed unchanged: call=\\S+ bleg=\\S+ frontend=%s backend=%s model=\\S+ lost=.*lost request %s "
                      .formatted(frontend, backend, lost.getFirst()));
        });
  }

  @Test
  void nobodyElseIsTold(SharedInstance.Parts parts) throws Exception {
    try (Connection connection = new Connection(parts.instance().port())) {
      assertThat(ask(connection, "openai-legacy", "anthropic", "\"seed\":1", true, "quiet", null))
          .isEqualTo(200);
      assertThat(connection.header("x-lip-fidelity")).isEmpty();
      assertThat(connection.header("x-lip-route")).isEmpty();
      rest(connection);
    }
  }

  @Test
  void anErrorTellsWhoWasAsked(SharedInstance.Parts parts) throws Exception {
    String own = parts.anthropicProvider();
    try (Connection connection = new Connection(parts.instance().port())) {
      String body = "{\"model\":\"" + own + ":error-429\",\"seed\":1," + TURN + "}";
      int status =
          connection.request(
              "POST",
              CHAT,
              Map.of("Content-Type", "application/json", "X-LIP-Debug", "1"),
              body.getBytes(StandardCharsets.UTF_8));
      assertThat(status).isEqualTo(429);
      assertThat(connection.header("x-lip-route")).startsWith("\"" + own + ":error-429\";reason=");
      assertThat(connection.header("x-lip-fidelity")).contains("field=\"seed\"");
      rest(connection);
    }
  }

  @Test
  void tenThousandLossesAreABoundedHeader(SharedInstance.Parts parts) throws Exception {
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      content.append(i == 0 ? "" : ",").append("{\"type\":\"text\",\"text\":\"x\"");
      for (int j = 0; j < 5; j++) {
        content.append(",\"odd-").append(i).append('-').append(j).append("\\r\\nX-Evil: 1\":1");
      }
      content.append('}');
    }
    String body =
        "{\"model\":\"openai-legacy:echo\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":["
            + content
            + "]}]}";
    try (Connection connection = new Connection(parts.instance().port())) {
      int status =
          connection.request(
              "POST",
              MESSAGES,
              Map.of("Content-Type", "application/json", "X-LIP-Debug", "fidelity"),
              body.getBytes(StandardCharsets.UTF_8));
      assertThat(status).isEqualTo(200);
      assertThat(connection.header("x-evil")).isEmpty();
      assertThat(connection.header("x-lip-fidelity"))
          .startsWith("total;lost=1000")
          .containsPattern(", more;count=99[0-9][0-9]$")
          .hasSizeLessThanOrEqualTo(2_048);
      rest(connection);
    }
  }

  private static int ask(
      Connection connection,
      String frontend,
      String backend,
      String fields,
      boolean streaming,
      String trace,
      String debug)
      throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Trace-ID", trace);
    if (debug != null) {
      headers.put("X-LIP-Debug", debug);
    }
    String body =
        "{\"model\":\""
            + backend
            + ":echo\",\"stream\":"
            + streaming
            + ","
            + fields
            + ","
            + TURN
            + "}";
    return connection.request(
        "POST",
        frontend.equals("anthropic") ? MESSAGES : CHAT,
        headers,
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static void rest(Connection connection) throws IOException {
    while (connection.next() != null) {
      // Read on.
    }
  }

  private static Tree totals(SharedInstance.Parts parts, String frontend, String backend) {
    return parts.instance().inventory().at("fidelity").list().stream()
        .filter(one ->
            one.at("frontend").text().equals(frontend) && one.at("backend").text().equals(backend))
        .findFirst()
        .orElse(new Tree(null));
  }

  private static long number(Tree tree, String name) {
    String text = tree.at(name).text();
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
