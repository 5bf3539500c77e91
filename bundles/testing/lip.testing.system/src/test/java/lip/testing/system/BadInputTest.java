package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in a request is told in the client's protocol, and nothing else is told. */
@Tag("system")
@ExtendWith(SharedInstance.class)
class BadInputTest {
  private static final String CHAT = "/v1/chat/completions";

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("{\"model\": \"stub-echo\", ", 400, "JSON"),
        Arguments.of("", 400, ""),
        Arguments.of("[]", 400, ""),
        Arguments.of(
            "{\"model\": 7, \"messages\": [{\"role\":\"user\",\"content\":\"x\"}]}", 400, "model"),
        Arguments.of("{\"model\": \"stub-echo\", \"messages\": \"hello\"}", 400, "messages"),
        Arguments.of("{\"model\": \"stub-echo\", \"messages\": [7]}", 400, "messages"),
        Arguments.of("{\"model\": \"stub-echo\"}", 400, "messages"),
        Arguments.of(
            "{\"model\": \"stub-echo\", \"messages\": [{\"content\":\"x\"}]}", 400, "role"),
        Arguments.of(
            "{\"model\": \"stub-echo\", \"messages\": [{\"role\":\"user\",\"content\":\"x\"}],"
                + " \"temperature\": \"hot\"}",
            400,
            "temperature"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aWrongBodyIsNamed(String body, int status, String word, SharedInstance.Parts parts)
      throws IOException {
    try (var connection = new Connection(parts.instance().port())) {
      assertThat(connection.post(CHAT, "application/json", body)).isEqualTo(status);
      assertThat(error(connection)).containsIgnoringCase(word);
    }
  }

  @Test
  void anUnknownPathIsNotFound(SharedInstance.Parts parts) throws IOException {
    for (String path :
        new String[] {"/v1/nothing", "/v1/chat", "/system/console", "/%73ystem/console/"}) {
      try (var connection = new Connection(parts.instance().port())) {
        assertThat(connection.request("GET", path, Map.of(), new byte[0])).as(path).isEqualTo(404);
        assertClean(connection.body());
      }
    }
  }

  @Test
  void aWrongMethodIsToldWithTheRightOne(SharedInstance.Parts parts) throws IOException {
    try (var connection = new Connection(parts.instance().port())) {
      assertThat(connection.request("DELETE", CHAT, Map.of(), new byte[0])).isEqualTo(405);
      assertThat(connection.header("allow")).contains("POST");
      assertThat(error(connection)).isNotEmpty();
    }
  }

  @Test
  void anUnknownRouteIsNamed(SharedInstance.Parts parts) throws IOException {
    try (var connection = new Connection(parts.instance().port())) {
      int status =
          connection.request(
              "POST",
              CHAT,
              Map.of("Content-Type", "application/json", "X-LIP-Route", "nowhere:m"),
              chat("stub-echo").getBytes(StandardCharsets.UTF_8));
      assertThat(status).isBetween(400, 404);
      assertThat(error(connection)).contains("nowhere");
    }
  }

  @Test
  void anUnknownModelGetsTheProvidersOwnError(SharedInstance.Parts parts) throws IOException {
    try (var connection = new Connection(parts.instance().port())) {
      assertThat(connection.post(CHAT, "application/json", chat("openai-legacy:error-404")))
          .isEqualTo(404);
      assertThat(error(connection)).isNotEmpty();
    }
  }

  @Test
  void aBodyOverTheLimitIsRefused(SharedInstance.Parts parts) throws IOException {
    try (var connection = new Connection(parts.instance().port())) {
      connection.write(
          ("POST "
                  + CHAT
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 99999999999\r\n\r\n{")
              .getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.readHead()).isEqualTo(413);
      assertThat(error(connection)).containsPattern("[0-9]");
    }
  }

  @Test
  void aBodyThatGrowsOverTheLimitIsRefused(SharedInstance.Parts parts) throws IOException {
    byte[] piece =
        ("100000\r\n" + " ".repeat(0x100000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    try (var connection = new Connection(parts.instance().port())) {
      connection.write(
          ("POST "
                  + CHAT
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      int status = 0;
      try {
        for (int i = 0; i < 40; i++) {
          connection.write(piece);
        }
        status = connection.readHead();
      } catch (IOException e) {
        // The server answered and closed while we were still sending, which may cost us the answer.
        status = 413;
      }
      assertThat(status).isEqualTo(413);
    }
  }

  static String chat(String model) {
    return """
    {"model":"%s","stream":true,"messages":[{"role":"user","content":"hi"}]}\
    """
        .formatted(model);
  }

  /** The message of an error in the form of the protocol. */
  static String error(Connection connection) throws IOException {
    String body = connection.body();
    assertClean(body);
    assertThat(connection.header("content-type")).startsWith("application/json");
    Tree error = Tree.parse(body).at("error");
    assertThat(error.at("type").text()).as(body).isNotEmpty();
    assertThat(error.at("message").text()).as(body).isNotEmpty();
    return error.at("message").text() + " " + error.at("param").text();
  }

  /** Nothing of how we are made, and no secret. */
  static void assertClean(String text) {
    assertThat(text)
        .doesNotContain(SharedInstance.KEY)
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("lip.core")
        .doesNotContain("java.")
        .doesNotContain("Jetty");
  }
}
