package lip.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anybody claims the request is refused in one form, and not served. */
class RefusalsTest {
  @AutoClose private final Box box = Box.echoing();

  RefusalsTest() throws Exception {
    box.connector.getServer().setErrorHandler(new JettyRefusals());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /x HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
        "GET //x HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /x HTTP/1.1\r\n\r\n",
        "\u0001\u0002\r\n\r\n"
      })
  void whatJettyRefusesIsJson(String request) throws IOException {
    String answer = box.talk(request);
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Content-Type: application/json");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
        .contains("{\"error\":{\"message\":\"")
        .endsWith("\"type\":\"invalid_request\",\"param\":null,\"code\":null}}");
  }

  @Test
  void whoeverComesWhileTheServletIsNotThereMayTryAgain() throws Exception {
    box.connector.getServer().getHandler().stop();
    assertThat(box.talk("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 503 ")
        .contains("Retry-After: 1\r\n", "\"type\":\"unavailable\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1|gzip, chunked", "HTTP/1.1|chunked ;x", "HTTP/1.0|chunked"})
  void unknownFramingIsRefused(String versionAndCoding) throws IOException {
    String[] parts = versionAndCoding.split("\\|");
    String answer =
        box.talk(
            "POST /x "
                + parts[0]
                + "\r\nHost: x\r\nTransfer-Encoding: "
                + parts[1]
                + "\r\n\r\n3\r\nxyz\r\n0\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 (400|501) ").doesNotContain("xyz");
    assertThat(box.gateway.open).isEmpty();
  }

  @Test
  void chunkedInAnyCaseIsKnown() throws IOException {
    String answer =
        box.talk(
            "POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n"
                + "\r\n3\r\nabc\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("abc");
  }
}
