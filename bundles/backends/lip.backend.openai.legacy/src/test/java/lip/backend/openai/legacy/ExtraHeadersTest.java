package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.http.Headers;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraHeadersTest {
  @Test
  void goWithEachRequest() throws Exception {
    FixedUpstream upstream = FixedUpstream.stream(Backends.ANSWER);
    Backend backend =
        backend(upstream, "HTTP-Referer=https://app.example/?a=b, X-Title = My app , X-Author=me");
    assertThat(backend.models()).isEmpty();
    Awaitility.await().until(() -> !upstream.requests().isEmpty());
    backend.open(new TestAttempt("m", Calls.text("x"))).close();
    assertThat(upstream.requests()).hasSize(2);
    for (var request : upstream.requests()) {
      Headers headers = request.headers();
      assertThat(headers.first("HTTP-Referer")).isEqualTo("https://app.example/?a=b");
      assertThat(headers.first("X-Title")).isEqualTo("My app");
      assertThat(headers.first("X-Author")).isEqualTo("me");
      assertThat(headers.all("Accept")).hasSize(1);
    }
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "proxy-authorization",
        "api-key",
        "X-API-Key",
        "x-apikey",
        "Ocp-Apim-Subscription-Key",
        "Cookie",
        "X-Auth-Token",
        "x_secret"
      })
  void noSecrets(String name) {
    assertThatThrownBy(() -> backend(FixedUpstream.stream(Backends.ANSWER), name + "=sk-hidden"))
        .isInstanceOfSatisfying(
            InvalidSettings.class,
            e -> {
              assertThat(e.key()).isEqualTo("headers");
              assertThat(e.allowed()).contains("api.keys");
            })
        .hasMessageContaining(name)
        .hasMessageNotContaining("sk-hidden");
  }

  @ParameterizedTest
  @CsvSource({
    "Host=a,set by this program",
    "content-type=a,set by this program",
    "Transfer-Encoding=a,set by this program",
    "X-Title,no header field",
    "=a,no header field",
    "X Title=a,no header field",
    "X-Title=,no header field",
    "X-Title=\u00e9,no header field",
    "'X-Title=a,x-title=b',there twice"
  })
  void saysWhatIsWrong(String value, String message) {
    assertThatThrownBy(() -> backend(FixedUpstream.stream(Backends.ANSWER), value))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(message);
  }

  @Test
  void aLineEndIsRefused() {
    assertThatThrownBy(() -> ExtraHeaders.of(java.util.List.of("X-Title=a\r\nX-Evil: b")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageNotContaining("Evil");
  }

  private static Backend backend(FixedUpstream upstream, String headers) throws InvalidSettings {
    return Backends.of(upstream, Map.of("profile", "openrouter", "headers", headers));
  }
}
