package lip.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import lip.testing.emulator.chat.ChatEmulator;
import lip.testing.emulator.messages.MessagesEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String ASK =
      "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  @Test
  void bothEmulatorsPlayTheSameScript() throws Exception {
    String script =
        """
        [{"thinking": "hm", "text": ["Hel", "lo"], "calls": [{"name": "Read", "arguments": {"a": 1}}],
          "usage": {"input": 30, "cached": 20, "output": 7}}]
        """;
    try (ChatEmulator chat = ChatEmulator.start();
        MessagesEmulator messages = MessagesEmulator.start()) {
      URI chatRoot = chat.baseUrl().resolve("/");
      assertThat(post(chatRoot, "emulator/scripts", script).statusCode()).isEqualTo(200);
      assertThat(post(messages.baseUrl(), "/emulator/scripts", script).statusCode()).isEqualTo(200);
      assertThat(post(chatRoot, "v1/chat/completions", ASK).body())
          .contains("\"reasoning_content\":\"hm\"", "\"content\":\"Hello\"", "\"name\":\"Read\"")
          .contains(
              "\"arguments\":\"{\\\"a\\\":1}\"", "\"prompt_tokens\":30", "\"cached_tokens\":20");
      assertThat(post(messages.baseUrl(), "/v1/messages", ASK).body())
          .contains("\"thinking\":\"hm\"", "\"text\":\"Hello\"", "\"name\":\"Read\"")
          .contains("\"input\":{\"a\":1}", "\"input_tokens\":10", "\"cache_read_input_tokens\":20");
    }
  }

  @Test
  void tellsWhatCameAndHowItEnded() throws Exception {
    try (ChatEmulator chat = ChatEmulator.start()) {
      URI root = chat.baseUrl().resolve("/");
      post(root, "emulator/scripts", "[{\"status\": 418}]");
      assertThat(post(root, "v1/chat/completions", ASK).statusCode()).isEqualTo(418);
      assertThat(get(root, "emulator/ending")).contains("COMPLETE");
      assertThat(get(root, "emulator/exchanges")).contains("\"status\":418", "chat/completions");
      post(root, "emulator/reset", "");
      assertThat(get(root, "emulator/exchanges")).isEqualTo("[]");
      assertThat(chat.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1]", "[{\"txt\": \"a\"}]", "[{\"end\": \"soon\"}]", "["})
  void refusesWhatItDoesNotKnow(String script) throws Exception {
    try (ChatEmulator chat = ChatEmulator.start()) {
      URI root = chat.baseUrl().resolve("/");
      assertThat(post(root, "emulator/scripts", script).statusCode()).isEqualTo(400);
      assertThat(chat.scriptsLeft()).isZero();
    }
  }

  private static HttpResponse<String> post(URI root, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(path))
            .header("Content-Type", "application/json")
            .header("anthropic-version", "2023-06-01")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String get(URI root, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
