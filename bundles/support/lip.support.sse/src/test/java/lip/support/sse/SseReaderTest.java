package lip.support.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
  @Test
  void readsNamedAndPlainRecords() throws RecordTooLarge {
    assertThat(Records.of("event: ping\ndata: {}\n\ndata:x\n\n")).containsExactly("ping|{}", "|x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void takesEveryKindOfLineEnd(String end) throws RecordTooLarge {
    assertThat(Records.of("data: a" + end + "data: b" + end + end + "data: c" + end + end))
        .containsExactly("|a\nb", "|c");
  }

  @Test
  void mixesLineEnds() throws RecordTooLarge {
    assertThat(Records.of("data: a\r\rdata: b\r\n\ndata: c\n\r\ndata: d\n\r\r\n"))
        .containsExactly("|a", "|b", "|c", "|d");
  }

  @Test
  void skipsMarkCommentsAndUnknownFields() throws RecordTooLarge {
    assertThat(
            Records.of(
                "\uFEFFdata: a\n\n: comment\n\nid: 7\nretry: 10\n\n:\ndatax: n\ndata: b\nfoo\n\n"))
        .containsExactly("|a", "|b");
  }

  @Test
  void joinsDataLinesAroundOtherFields() throws RecordTooLarge {
    assertThat(Records.of("data: one\nevent: late\n: c\ndata:  two\ndata\ndata:\n\n"))
        .containsExactly("late|one\n two\n\n");
  }

  @Test
  void keepsRecordsThatHaveOnlyAName() throws RecordTooLarge {
    assertThat(Records.of("event: done\n\n")).containsExactly("done|");
  }

  @Test
  void saysWhetherTheLastRecordIsWhole() throws RecordTooLarge {
    assertThat(Records.of("data: a\n\ndata: {\"cut")).containsExactly("|a", "|{\"cut (cut)");
    assertThat(Records.of("data: a\n")).containsExactly("|a (cut)");
    assertThat(Records.of("data: a\n\n:")).containsExactly("|a");
    assertThat(Records.of("")).isEmpty();
  }

  @Test
  void knowsDoneWithoutMakingAString() throws RecordTooLarge {
    SseReader reader = new SseReader();
    push(reader, "event: e\ndata:  [DONE] \n\n");
    assertThat(reader.next()).isTrue();
    assertThat(reader.dataIs("[DONE]")).isTrue();
    assertThat(reader.dataIs("[DONE")).isFalse();
    assertThat(reader.named("e")).isTrue();
    assertThat(reader.named("f")).isFalse();
  }

  @Test
  void readsFromASource() throws RecordTooLarge {
    byte[] text = bytes("data: " + "x".repeat(20_000) + "\n\n");
    int[] at = {0};
    ByteSource<RuntimeException> source =
        (buffer, offset, length) -> {
          int count = Math.min(length, text.length - at[0]);
          System.arraycopy(text, at[0], buffer, offset, count);
          at[0] += count;
          return count == 0 ? -1 : count;
        };
    SseReader reader = new SseReader();
    while (!reader.next() && !reader.ended()) {
      reader.fill(source);
    }
    assertThat(reader.length()).isEqualTo(20_000);
    assertThat(reader.complete()).isTrue();
  }

  @Test
  void saysHowMuchItHoldsBeforeItDoes() throws RecordTooLarge {
    byte[] text = bytes("data: " + "x".repeat(1_000_000) + "\n\ndata: y\n\n");
    SseReader reader = new SseReader(1_000_100);
    List<Integer> said = new ArrayList<>();
    int[] at = {0};
    var source =
        new ByteSource<RuntimeException>() {
          @Override
          public int read(byte[] buffer, int offset, int length) {
            assertThat(buffer.length).isEqualTo(said.isEmpty() ? 1024 : said.getLast());
            int count = Math.min(length, text.length - at[0]);
            System.arraycopy(text, at[0], buffer, offset, count);
            at[0] += count;
            return count == 0 ? -1 : count;
          }

          @Override
          public void hold(int bytes) {
            said.add(bytes);
          }
        };
    int records = 0;
    while (!reader.ended()) {
      if (reader.next()) {
        records++;
      } else {
        reader.fill(source);
      }
    }
    assertThat(records).isEqualTo(2);
    assertThat(Collections.max(said)).isBetween(1_000_000, 1_000_100 + 8192);
    assertThat(said.getLast()).as("and when it holds less again").isLessThan(20_000);
  }

  @Test
  void refusesARecordOverTheLimitForGood() throws RecordTooLarge {
    SseReader reader = new SseReader(100);
    push(reader, "data: " + "x".repeat(93) + "\n\n");
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isFalse();
    push(reader, "data: " + "x".repeat(95));
    assertThatThrownBy(reader::next)
        .isInstanceOf(RecordTooLarge.class)
        .hasMessage("an event is larger than the limit of 100 bytes");
    assertThatThrownBy(reader::next).isInstanceOf(RecordTooLarge.class);
  }

  @Test
  void countsAllLinesOfARecord() {
    SseReader reader = new SseReader(100);
    push(reader, "data: a\n".repeat(20));
    assertThatThrownBy(reader::next).isInstanceOf(RecordTooLarge.class);
  }

  @Test
  void commentsBetweenRecordsNeverAddUp() throws RecordTooLarge {
    SseReader reader = new SseReader(100);
    for (int i = 0; i < 1_000; i++) {
      push(reader, ": keepalive\n");
      assertThat(reader.next()).isFalse();
    }
    assertThat(reader.array().length).isLessThan(20_000);
  }

  @Test
  void givesTheMemoryOfALargeRecordBack() throws RecordTooLarge {
    SseReader reader = new SseReader();
    push(reader, "data: " + "x".repeat(1_000_000) + "\n\n");
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isFalse();
    push(reader, "data: y\n\n");
    assertThat(reader.next()).isTrue();
    assertThat(reader.array().length).isLessThan(20_000);
  }

  @Test
  void wantsToBeAskedBeforeItTakesMore() {
    SseReader reader = new SseReader();
    push(reader, "data: a\n\n");
    assertThatThrownBy(() -> push(reader, "x")).isInstanceOf(IllegalStateException.class);
  }

  private static void push(SseReader reader, String text) {
    byte[] bytes = bytes(text);
    reader.push(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
