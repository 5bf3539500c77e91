package lip.testing.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import lip.testing.benchmarks.upstream.Dialect;
import lip.testing.system.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequestsTest {
  @ParameterizedTest
  @CsvSource({"CHAT,40", "MESSAGES,27"})
  void theLargeRequestIsWhatItSays(Dialect dialect, int messages) {
    byte[] large = Requests.large(dialect, true);
    Tree json = Tree.parse(new String(large, UTF_8));

    assertThat(json.at("messages").list()).hasSize(messages);
    assertThat(json.at("tools").list()).hasSize(20);
    assertThat(large).hasSizeBetween(27_000, 29_500);
  }

  @ParameterizedTest
  @EnumSource
  void theSmallRequestHasOneKilobyteAndOneQuestion(Dialect dialect) {
    byte[] small = Requests.small(dialect, true);
    Tree json = Tree.parse(new String(small, UTF_8));

    assertThat(small).hasSizeBetween(900, 1_100);
    assertThat(json.at("messages").list().getLast().at("content").text())
        .startsWith("hello world, ");
    assertThat(new String(Requests.small(dialect, false), UTF_8)).contains("\"stream\": false");
  }

  @Test
  void aMessagesRequestSaysItsLimitAndHasNoSystemTurn() {
    Tree json = Tree.parse(new String(Requests.small(Dialect.MESSAGES, true), UTF_8));

    assertThat(json.at("max_tokens").number()).isEqualTo(4096);
    assertThat(json.at("system").text()).isEqualTo("You are helpful.");
    assertThat(json.at("messages").list()).hasSize(1);
  }
}
