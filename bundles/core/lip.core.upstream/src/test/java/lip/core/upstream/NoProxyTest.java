package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
  @ParameterizedTest
  @CsvSource({
    "*, anything.test, 80, true",
    "example.com, example.com, 443, true",
    "EXAMPLE.com, api.example.com, 443, true",
    "example.com, notexample.com, 443, false",
    ".example.com, example.com, 443, false",
    ".example.com, api.example.com, 443, true",
    "*.example.com, api.example.com, 443, true",
    "example.com:8080, example.com, 8080, true",
    "example.com:8080, example.com, 443, false",
    "10.1.2.3, 10.1.2.3, 80, true",
    "10.1.2.3, 10.1.2.4, 80, false",
    "10.1.2.3:80, 10.1.2.3, 81, false",
    "10.0.0.0/8, 10.200.0.1, 80, true",
    "10.0.0.0/8, 11.0.0.1, 80, false",
    "192.168.4.0/22, 192.168.7.9, 80, true",
    "::1, ::1, 80, true",
    "fd00::/8, fd12::1, 80, true",
    "fd00::/8, 10.0.0.1, 80, false",
    "'', example.com, 80, false"
  })
  void entriesMatchAsInOtherTools(String entry, String host, int port, boolean direct) {
    assertThat(NoProxy.of(List.of("other.test", entry)).matches(host, port)).isEqualTo(direct);
  }
}
