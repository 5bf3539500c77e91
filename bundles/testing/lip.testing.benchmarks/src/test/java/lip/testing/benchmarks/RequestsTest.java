package lip.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import lip.testing.system.Tree;
import org.junit.jupiter.api.Test;

class RequestsTest {
  @Test
  void theLargeRequestIsWhatItSays() {
    byte[] large = Requests.large(true);
    Tree json = Tree.parse(new String(large, java.nio.charset.StandardCharsets.UTF_8));

    assertThat(json.at("messages").list()).hasSize(40);
    assertThat(json.at("tools").list()).hasSize(20);
    assertThat(large).hasSizeBetween(27_500, 29_500);
    byte[] messages = Requests.largeMessages(true);
    json = Tree.parse(new String(messages, java.nio.charset.StandardCharsets.UTF_8));
    assertThat(json.at("messages").list()).hasSize(27);
    assertThat(json.at("tools").list()).hasSize(20);
    assertThat(messages).hasSizeBetween(27_000, 29_500);
    assertThat(Requests.small(true)).hasSizeBetween(900, 1_100);
  }
}
