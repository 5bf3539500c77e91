package lip.support.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SsePropertyTest {
  @Property(tries = 300)
  void aCutAtAnyByteChangesNothing(@ForAll("streams") String stream) throws RecordTooLarge {
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    List<String> whole = Records.of(stream);
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(Records.cutAt(bytes, cut)).isEqualTo(whole);
    }
    assertThat(Records.read(new SseReader(), bytes, 1)).isEqualTo(whole);
  }

  @Property(tries = 300)
  void agreesWithTheObviousReader(@ForAll("streams") String stream) throws RecordTooLarge {
    assertThat(Records.of(stream)).isEqualTo(obvious(stream));
  }

  @Property(tries = 500)
  void anyBytesGiveRecordsOrTheTypedFailure(
      @ForAll @Size(max = 3_000) byte[] noise, @ForAll @IntRange(min = 1, max = 100) int piece) {
    SseReader reader = new SseReader(200);
    try {
      Records.read(reader, noise, piece);
    } catch (RecordTooLarge expected) {
      assertThat(expected.limit()).isEqualTo(200);
    }
    assertThat(reader.array().length).isLessThanOrEqualTo(16 * 1024);
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll("records") List<List<String>> records) throws RecordTooLarge {
    SseWriter writer = new SseWriter();
    List<String> expected = new ArrayList<>();
    for (List<String> record : records) {
      byte[] data = record.get(1).getBytes(StandardCharsets.UTF_8);
      writer.event(record.get(0)).data(data, 0, data.length).end().comment("keepalive");
      expected.add(record.get(0) + "|" + record.get(1).replaceAll("\r\n|\r", "\n"));
    }
    String stream = new String(writer.array(), 0, writer.length(), StandardCharsets.UTF_8);
    assertThat(Records.of(stream)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<String> streams() {
    Arbitrary<String> tokens =
        Arbitraries.of(
            "data: ", "data:", "data", "event: ", "event:", "id: 1", ": c", "x", "é😀", " ", "{}",
            "\n", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r", "\uFEFF", "[DONE]");
    return tokens.list().ofMaxSize(25).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<List<List<String>>> records() {
    Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> data =
        Arbitraries.of("a", " b", "\n", "\r\n", "\r", "ü", "😀", "{\"k\":1}", ":")
            .list()
            .ofMaxSize(8)
            .map(list -> String.join("", list));
    return names.flatMap(name -> data.map(text -> List.of(name, text))).list().ofMaxSize(5);
  }

  /** Works on the whole text with regular expressions: slow and plain. */
  private static List<String> obvious(String stream) {
    String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
    List<String> records = new ArrayList<>();
    List<String> data = new ArrayList<>();
    String name = null;
    String[] lines = text.split("\r\n|\n|\r", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean last = i == lines.length - 1;
      String line = lines[i];
      if (line.equals("data") || line.startsWith("data:")) {
        data.add(value(line, 4));
      } else if (line.equals("event") || line.startsWith("event:")) {
        name = value(line, 5);
      }
      if ((line.isEmpty() || last) && (name != null || !data.isEmpty())) {
        boolean whole = line.isEmpty() && !last;
        String joined = String.join("\n", data);
        records.add((name == null ? "" : name) + "|" + joined + (whole ? "" : " (cut)"));
        data.clear();
        name = null;
      }
    }
    return records;
  }

  private static String value(String line, int field) {
    String value = line.length() > field ? line.substring(field + 1) : "";
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
