package lip.support.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole stream into lines of {@code name|data}, for comparison. */
final class Records {
  private Records() {}

  static List<String> of(String text) throws RecordTooLarge {
    return read(new SseReader(), text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
  }

  /** Pushes pieces of the given size. */
  static List<String> read(SseReader reader, byte[] stream, int piece) throws RecordTooLarge {
    List<String> records = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int count = Math.min(piece, stream.length - at);
      reader.push(stream, at, count);
      at += count;
      drain(reader, records);
    }
    reader.end();
    drain(reader, records);
    return records;
  }

  static List<String> cutAt(byte[] stream, int cut) throws RecordTooLarge {
    SseReader reader = new SseReader();
    List<String> records = new ArrayList<>();
    reader.push(stream, 0, cut);
    drain(reader, records);
    reader.push(stream, cut, stream.length - cut);
    drain(reader, records);
    reader.end();
    drain(reader, records);
    return records;
  }

  private static void drain(SseReader reader, List<String> records) throws RecordTooLarge {
    while (reader.next()) {
      String data =
          new String(reader.array(), reader.offset(), reader.length(), StandardCharsets.UTF_8);
      records.add(reader.name() + "|" + data + (reader.complete() ? "" : " (cut)"));
    }
  }
}
