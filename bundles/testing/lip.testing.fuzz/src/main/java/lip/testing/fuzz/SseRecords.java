package lip.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lip.support.sse.RecordTooLarge;
import lip.support.sse.SseReader;

/** The records of a stream are the same wherever it is cut. The first byte says where. */
final class SseRecords implements Target {
  private static final int LIMIT = 512;

  @Override
  public void take(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    int piece = 1 + (bytes[0] & 0xff);
    List<String> whole = read(bytes, bytes.length);
    List<String> pieces = read(bytes, piece);
    Expect.that(whole.equals(pieces), "cut into " + piece + ": " + pieces + " not " + whole);
  }

  private static List<String> read(byte[] bytes, int piece) {
    var reader = new SseReader(LIMIT);
    var records = new ArrayList<String>();
    try {
      for (int at = 1; at < bytes.length; at += piece) {
        reader.push(bytes, at, Math.min(piece, bytes.length - at));
        drain(reader, records);
      }
      reader.end();
      drain(reader, records);
    } catch (RecordTooLarge e) {
      records.add("too large");
    }
    return records;
  }

  private static void drain(SseReader reader, List<String> records) throws RecordTooLarge {
    while (reader.next()) {
      Expect.that(reader.length() <= LIMIT, "a record over the limit");
      String name = reader.name();
      Expect.that(name.isEmpty() || !ascii(name) || reader.named(name), "the name is not its name");
      records.add(
          reader.name()
              + "|"
              + new String(
                  reader.array(), reader.offset(), reader.length(), StandardCharsets.ISO_8859_1)
              + "|"
              + reader.complete()
              + reader.dataIs("[DONE]"));
    }
  }

  private static boolean ascii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
