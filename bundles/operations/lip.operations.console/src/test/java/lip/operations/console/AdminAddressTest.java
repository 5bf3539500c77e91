package lip.operations.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lip.sdk.InvalidSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAddressTest {
  @Test
  void loopbackIsTaken() throws Exception {
    assertThat(AdminAddress.parse("127.0.0.1:8081")).isEqualTo(new AdminAddress("127.0.0.1", 8081));
    assertThat(AdminAddress.parse("[::1]:0").url(4711)).isEqualTo("http://[::1]:4711");
    assertThat(AdminAddress.parse("localhost:1").port()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":8081",
        "0.0.0.0:8081",
        "192.168.1.1:8081",
        "example.org:8081",
        "127.0.0.1",
        "127.0.0.1:x",
        "127.0.0.1:70000"
      })
  void everythingElseIsRefusedWithTheKey(String address) {
    assertThatThrownBy(() -> AdminAddress.parse(address))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith("address: ");
  }
}
