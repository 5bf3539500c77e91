package lip.core.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lip.sdk.InvalidSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, 127.0.0.1:8080",
    "localhost:0, 127.0.0.1:0",
    "127.9.9.9:1, 127.9.9.9:1",
    "[::1]:80, [0:0:0:0:0:0:0:1]:80"
  })
  void loopback(String text, String shown) throws Exception {
    assertThat(Address.parse(text).loopbackOnly().text()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:1", ":8080", "*:8080", "10.0.0.1:80", "[::]:80", "[fe80::1]:80"})
  void everythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Address.parse(text).loopbackOnly())
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith("address: ")
        .hasMessageContaining("allowed: 127.0.0.1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", "a.example:1"})
  void nonsenseIsRefused(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("allowed:");
  }
}
