package lip.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteGuardTest {
  private static String problem(
      String method, String host, String origin, String referer, String fetchSite) {
    return WriteGuard.problem(method, host, origin, referer, fetchSite, List.of());
  }

  @Test
  void readsAndOwnWritesPass() {
    assertThat(problem("GET", "127.0.0.1:8081", null, null, null)).isNull();
    assertThat(problem("POST", "127.0.0.1:8081", "http://127.0.0.1:8081", null, "same-origin"))
        .isNull();
    assertThat(problem("POST", "localhost:8081", null, "http://localhost:8081/x", null)).isNull();
    assertThat(problem("POST", "[::1]:8081", "http://[::1]:8081", null, null)).isNull();
  }

  @Test
  void aProgramWithThePasswordSendsNoOrigin() {
    assertThat(problem("POST", "127.0.0.1:8081", null, null, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, , ",
    "null, , ",
    "http://127.0.0.1:8080, , ",
    "http://127.0.0.1:8081.evil.example, , ",
    " , http://evil.example/127.0.0.1:8081, ",
    " , , cross-site",
    " , , same-site",
    "not a uri at all, , ",
  })
  void writesFromElsewhereAreRefused(String origin, String referer, String site) {
    assertThat(problem("POST", "127.0.0.1:8081", origin, referer, site)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"evil.example:8081", "127.0.0.1.evil.example", "169.254.1.1:8081"})
  void foreignHostsAreRefusedEvenForReads(String host) {
    assertThat(problem("GET", host, null, null, null)).isNotNull();
    assertThat(problem("GET", null, null, null, null)).isNotNull();
  }

  @Test
  void configuredOriginsPass() {
    assertThat(
            WriteGuard.problem(
                "POST",
                "127.0.0.1:8081",
                "https://admin.example",
                null,
                null,
                List.of("https://admin.example")))
        .isNull();
  }
}
