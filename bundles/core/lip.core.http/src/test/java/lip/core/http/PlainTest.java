package lip.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/chat/completions",
        "/v1beta/models/gemini-2.5:generateContent",
        "/v1/models/meta-llama%2FLlama-3",
        "/v1/files/a..b",
        "/v1/x%20y"
      })
  void pathsThatMeanWhatTheySay(String path) {
    assertThat(Plain.path(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "*",
        "/v1/../admin",
        "/v1/%2e%2e/admin",
        "/v1/.%2E/admin",
        "/./v1",
        "/v1/..",
        "/v1;a=b/x",
        "/v1\\x",
        "/v1/%5cx",
        "/v1/%00",
        "/v1/%0a",
        "/v1/%zz",
        "/v1/%2",
        "/v1/ x",
        "/v1/\u00e4"
      })
  void pathsThatPlayTricks(String path) {
    assertThat(Plain.path(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "\u00e4", "a/b"})
  void badTraceIds(String id) {
    assertThat(Plain.traceId(id)).isFalse();
    assertThat(Plain.traceId("Az09._:-")).isTrue();
    assertThat(Plain.traceId("x".repeat(129))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\u001b[31m", "a\u2028b"})
  void linesStayOneLine(String text) {
    assertThat(Plain.line(text)).matches("[ -~]+").startsWith("a\\u");
    assertThat(Plain.line("x".repeat(500))).hasSize(203);
  }
}
