package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web page of somebody else cannot make the browser of the user call a model. */
@Tag("system")
@ExtendWith(SharedInstance.class)
class WebPagesTest {
  private static final String TURN =
      "{\"model\":\"local-stub:stub-echo\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions,Origin,https://evil.example,permission_error",
    "/v1/messages,Origin,https://evil.example,permission_error",
    "/v1/chat/completions,Origin,null,permission_error",
    "/v1/messages,Sec-Fetch-Site,cross-site,permission_error"
  })
  void isRefusedInTheProtocol(
      String path, String name, String value, String type, SharedInstance.Parts parts)
      throws IOException {
    try (var connection = new Connection(parts.instance().port())) {
      assertThat(connection.request("POST", path, Map.of(name, value), body())).isEqualTo(403);
      assertThat(connection.body()).contains("\"type\":\"" + type + "\"", "web pages of others");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions,X-None,program",
    "/v1/chat/completions,Origin,vscode-webview://1abc",
    "/v1/messages,Origin,file://",
    "/v1/messages,Origin,http://localhost:3000"
  })
  void programsAndApplicationsAreServed(
      String path, String name, String value, SharedInstance.Parts parts) throws IOException {
    try (var connection = new Connection(parts.instance().port())) {
      assertThat(connection.request("POST", path, Map.of(name, value), body())).isEqualTo(200);
      connection.body();
    }
  }

  private static byte[] body() {
    return TURN.getBytes(StandardCharsets.UTF_8);
  }
}
