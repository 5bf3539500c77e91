package lip.testing.inframework;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console is on the admin listener, behind its login, and nowhere else. */
@Tag("system")
@ExtendWith(InFramework.class)
class ConsoleTest {
  @Test
  void theAdminListenerAsksForALogin(Platform platform) throws Exception {
    assertThat(get(platform, "admin", "/system/console")).startsWith("HTTP/1.1 401 ");
    assertThat(get(platform, "admin", "/system/console/bundles")).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void theDataListenerHasNoConsole(Platform platform) throws Exception {
    assertThat(get(platform, "data", "/v1/models")).startsWith("HTTP/1.1 200 ");
    assertThat(get(platform, "data", "/system/console")).startsWith("HTTP/1.1 404 ");
    assertThat(get(platform, "data", "/system/console/bundles")).startsWith("HTTP/1.1 404 ");
  }

  /** Sent byte for byte. What Jetty cannot read in one way only, it refuses with 400. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%73ystem/console",
        "/system/%63onsole/bundles",
        "/system%2Fconsole",
        "/system%2fconsole/bundles",
        "//system/console",
        "/system//console",
        "/./system/console",
        "/v1/../system/console",
        "/v1/%2e%2e/system/console",
        "/v1/..%2fsystem/console",
        "/system/console;a=b",
        "/system;a=b/console",
        "/system/console/",
        "/system/console%00",
        "/SYSTEM/console"
      })
  void noSpellingFindsTheConsole(String path, Platform platform) throws Exception {
    assertThat(get(platform, "data", path)).matches("(?s)HTTP/1\\.1 (400|404) .*");
    assertThat(get(platform, "admin", path)).matches("(?s)HTTP/1\\.1 (400|401|404) .*");
  }

  private static String get(Platform platform, String listener, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), platform.port(listener))) {
      String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
