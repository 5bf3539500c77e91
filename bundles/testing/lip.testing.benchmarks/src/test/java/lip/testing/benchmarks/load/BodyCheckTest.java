package lip.testing.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lip.testing.benchmarks.upstream.Dialect;
import lip.testing.benchmarks.upstream.Mode;
import org.junit.jupiter.api.Test;

/** What is a right stream of Messages, byte by byte. */
class BodyCheckTest {
  private static final String OPENING = "{\"type\":\"message_start\"}{\"content_block_start\"}";
  private static final String CLOSING =
      "{\"content_block_stop\"}{\"message_delta\"}{\"message_stop\"}";

  private static String events(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"content_block_delta\"}@" + i + ":1@")
        .collect(Collectors.joining());
  }

  private static boolean right(String text) {
    var check = new BodyCheck(Dialect.MESSAGES, Expected.STREAM, new Samples());
    byte[] bytes = text.getBytes(US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      check.take(bytes, i, i + 1);
    }
    return check.right();
  }

  @Test
  void allEventsBetweenOpeningAndClosingAreRight() {
    assertThat(right(OPENING + events(0, Mode.EVENTS) + CLOSING)).isTrue();
  }

  @Test
  void anythingElseIsWrong() {
    String all = events(0, Mode.EVENTS);

    assertThat(right(all + CLOSING)).isFalse();
    assertThat(right(all + OPENING + CLOSING)).isFalse();
    assertThat(right(OPENING + all)).isFalse();
    assertThat(right(OPENING + all + "{\"message_delta\"}{\"message_stop\"}")).isFalse();
    assertThat(right(OPENING + all + "event: message_stop")).isFalse();
    assertThat(right(OPENING + events(0, Mode.EVENTS - 1) + CLOSING)).isFalse();
    assertThat(right(OPENING + events(1, Mode.EVENTS) + events(0, 1) + CLOSING)).isFalse();
    assertThat(
            right(
                OPENING
                    + events(0, Mode.EVENTS - 1)
                    + CLOSING
                    + events(Mode.EVENTS - 1, Mode.EVENTS)))
        .isFalse();
  }
}
