package lip.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of others may not make a browser call; programs and applications may. */
class OriginsTest {
  @AutoClose private final Box box = Box.echoing();

  OriginsTest() throws Exception {}

  /** Header fields separated by bars; the last is a comment on who sends them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 127.0.0.1:8080|curl",
        "Host: 127.0.0.1:8080|Sec-Fetch-Mode: cors|fetch of Node",
        "Host: ai.example|a program behind a proxy or tunnel that keeps the Host",
        "Host: localhost:8080|Origin: vscode-webview://1abc|Sec-Fetch-Site: cross-site|a webview",
        "Host: localhost:8080|Origin: vscode-file://vscode-app|Sec-Fetch-Site: cross-site|Cursor",
        "Host: localhost:8080|Origin: app://obsidian.md|Sec-Fetch-Site: cross-site|Obsidian",
        "Host: localhost:8080|Origin: file://|Sec-Fetch-Site: cross-site|Electron",
        "Host: localhost:8080|Origin: tauri://localhost|Tauri",
        "Host: localhost:8080|Origin: http://tauri.localhost|Tauri on Windows",
        "Host: localhost:8080|Origin: null|Content-Type: application/json|Electron from a file",
        "Host: localhost:8080|Sec-Fetch-Site: none|Electron's own client",
        "Host: localhost:8080|Origin: http://localhost:3000|Sec-Fetch-Site: same-site|local page",
        "Host: 127.0.0.1:8080|Origin: http://127.0.0.1:8080|Sec-Fetch-Site: same-origin|own page",
        "Host: [::1]:8080|Origin: http://[::1]:3000|Sec-Fetch-Site: same-site|local page",
        "Host: 127.0.0.1:8080|Origin: https://App.example|a page that is allowed",
        "Host: app.example|Origin: https://app.example|the same behind a proxy"
      })
  void served(String fields) throws IOException {
    box.servlet.origins(new Origins(List.of("https://app.example", "https://port.example:444")));
    assertThat(post(fields)).startsWith("HTTP/1.1 200 ").endsWith("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 127.0.0.1:8080|Origin: https://evil.example|Sec-Fetch-Site: cross-site|fetch,"
            + " beacon",
        "Host: 127.0.0.1:8080|Origin: https://evil.example|Content-Type: application/json|typed",
        "Host: 127.0.0.1:8080|Origin: http://localhost.evil.example|a name that begins like ours",
        "Host: 127.0.0.1:8080|Origin: http://127.0.0.1.evil.example|the same with a number",
        "Host: 127.0.0.1:8080|Origin: http://evil.example:8080/localhost|no origin at all",
        "Host: 127.0.0.1:8080|Origin: https://app.example.evil.example|like an allowed one",
        "Host: 127.0.0.1:8080|Origin: http://app.example|an allowed one without TLS",
        "Host: 127.0.0.1:8080|Origin: null|Sec-Fetch-Site: cross-site|a sandboxed frame",
        "Host: 127.0.0.1:8080|Origin: null|Content-Type: text/plain;a=application/json|a disguise",
        "Host: 127.0.0.1:8080|Origin: app://a|Origin: https://evil.example|two",
        "Host: 127.0.0.1:8080|Sec-Fetch-Site: cross-site|a browser without Origin",
        "Host: 127.0.0.1:8080|Sec-Fetch-Site: same-site|the same",
        "Host: evil.example:8080|Origin: http://evil.example:8080|a name pointed here",
        "Host: evil.example|Sec-Fetch-Site: same-origin|the same without Origin",
        "Host: 127.0.0.1.evil.example|Origin: null|Content-Type: application/json|a host like ours"
      })
  void refusedInTheProtocolOfTheClient(String fields) throws IOException {
    box.servlet.origins(new Origins(List.of("https://app.example")));
    assertThat(post(fields))
        .startsWith("HTTP/1.1 403 ")
        .contains("Content-Type: text/x-test", "rendered web pages")
        .doesNotContain("evil.example");
    assertThat(box.gateway.open).as("leases").isEmpty();
  }

  @Test
  void readsAreCheckedForTheNameOnly() throws IOException {
    assertThat(get("Host: localhost|Origin: https://evil.example|")).startsWith("HTTP/1.1 200 ");
    assertThat(get("Host: localhost|Sec-Fetch-Site: cross-site|")).startsWith("HTTP/1.1 200 ");
    assertThat(get("Host: evil.example|Sec-Fetch-Site: same-origin|")).startsWith("HTTP/1.1 403 ");
    assertThat(get("Host: evil.example|")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void otherAddressesHaveOtherNames() {
    Headers own = Headers.of("Host", "ai.example", "Origin", "https://ai.example");
    assertThat(Origins.LOCAL.problem("POST", own, () -> "192.0.2.1")).isEmpty();
    for (String local : List.of("127.0.0.1", "[::1]", "0:0:0:0:0:0:0:1")) {
      assertThat(Origins.LOCAL.problem("POST", own, () -> local)).isPresent();
    }
    Headers other = Headers.of("Host", "ai.example", "Origin", "https://evil.example");
    assertThat(Origins.LOCAL.problem("POST", other, () -> "192.0.2.1")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example,true",
    "http://app.example:8080,true",
    "HTTPS://App.example,true",
    "https://app.example/,false",
    "https://app.example/page,false",
    "app.example,false",
    "https://,false",
    "null,false",
    "*,false",
    "https://user@app.example,false"
  })
  void whatIsAnOrigin(String text, boolean valid) {
    assertThat(Origins.valid(text)).isEqualTo(valid);
  }

  private String post(String fields) throws IOException {
    return box.talk("POST /x HTTP/1.1\r\n" + lines(fields) + "Content-Length: 2\r\n\r\n{}");
  }

  private String get(String fields) throws IOException {
    return box.talk("GET /x HTTP/1.1\r\n" + lines(fields) + "\r\n");
  }

  private static String lines(String fields) {
    String sent = fields.substring(0, fields.lastIndexOf('|'));
    return sent.replace("|", "\r\n") + "\r\nConnection: close\r\n";
  }
}
