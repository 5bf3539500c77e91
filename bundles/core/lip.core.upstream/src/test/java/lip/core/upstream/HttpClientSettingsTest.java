package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.sdk.InvalidSettings;
import org.junit.jupiter.api.Test;

class HttpClientSettingsTest {
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("trust_environment_proxy", true),
          Map.entry("max_idle_conns", 100),
          Map.entry("max_idle_conns_per_host", 64),
          Map.entry("idle_conn_timeout", Duration.ofSeconds(90)),
          Map.entry("response_header_timeout", Duration.ofSeconds(60)),
          Map.entry("dial_timeout", Duration.ofSeconds(30)),
          Map.entry("keep_alive", Duration.ofSeconds(30)),
          Map.entry("tls_handshake_timeout", Duration.ofSeconds(10)),
          Map.entry("stream_idle_timeout", Duration.ofMinutes(5)),
          Map.entry("unstreamed_response_timeout", Duration.ofMinutes(10)),
          Map.entry("proxy", Optional.empty()),
          Map.entry("no_proxy", List.of()),
          Map.entry("ca_file", Optional.empty()));

  @Test
  void theDefaultsOfTheSettingsAreThoseOfTheClient() throws Exception {
    assertThat(HttpClientSettings.options(with(Map.of()))).isEqualTo(UpstreamOptions.DEFAULT);
  }

  @Test
  void aProxyThatIsNoneIsRefusedWithoutBeingRepeated() {
    HttpClientSettings settings = with(Map.of("proxy", Optional.of("ftp://me:hush@proxy.test")));
    assertThatThrownBy(() -> HttpClientSettings.options(settings))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("proxy")
        .hasMessageContaining("http://host:port")
        .hasMessageNotContaining("hush");
  }

  @Test
  void aMissingFileOfTrustAnchorsIsRefused() {
    HttpClientSettings settings = with(Map.of("ca_file", Optional.of("no/such/file.pem")));
    assertThatThrownBy(() -> HttpClientSettings.options(settings))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("ca.file");
  }

  @Test
  void optionsNeverShowTheProxysPassword() throws Exception {
    HttpClientSettings settings = with(Map.of("proxy", Optional.of("http://me:hush@proxy.test")));
    assertThat(HttpClientSettings.options(settings).toString()).doesNotContain("hush");
  }

  private static HttpClientSettings with(Map<String, Object> changed) {
    Map<String, Object> values = new HashMap<>(DEFAULTS);
    values.putAll(changed);
    return (HttpClientSettings)
        Proxy.newProxyInstance(
            HttpClientSettings.class.getClassLoader(),
            new Class<?>[] {HttpClientSettings.class},
            (_, method, _) -> values.get(method.getName()));
  }
}
