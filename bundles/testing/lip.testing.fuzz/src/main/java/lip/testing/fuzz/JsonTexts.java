package lip.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Splice;

/** What is read can be written and read again; what is not JSON is refused with a reason. */
final class JsonTexts implements Target {
  private static final int DEEP = 60;

  @Override
  public void take(byte[] bytes) throws MalformedJson {
    byte[] once;
    try {
      once = copy(bytes);
    } catch (MalformedJson e) {
      refused(e);
      return;
    }
    Expect.that(Arrays.equals(once, copy(once)), "written text reads differently");
    skipped(bytes);
    spliced(bytes);
  }

  private static void skipped(byte[] bytes) throws MalformedJson {
    JsonReader reader = JsonReader.of(bytes);
    reader.skip();
    reader.finish();
  }

  private static void spliced(byte[] bytes) throws MalformedJson {
    if (JsonReader.of(bytes).peek() == JsonKind.OBJECT) {
      byte[] same = Splice.of(bytes).toBytes();
      Expect.that(Arrays.equals(copy(bytes), copy(same)), "a splice of nothing changed something");
    }
  }

  private static void refused(MalformedJson e) {
    Expect.explained(e.problem());
    Expect.that(e.offset() >= 0 || !e.path().isEmpty(), "a refusal without a place");
  }

  private static byte[] copy(byte[] bytes) throws MalformedJson {
    var out = new ByteArrayOutputStream();
    JsonReader reader = JsonReader.of(bytes);
    JsonWriter writer = new JsonWriter(out);
    value(reader, writer, 0);
    reader.finish();
    writer.flush();
    return out.toByteArray();
  }

  /** Half a character has no UTF-8 form; all else comes back as it was. */
  private static void quoted(String text) throws MalformedJson {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      byte[] bytes = JsonWriter.quote(text).getBytes(StandardCharsets.UTF_8);
      Expect.that(JsonReader.of(bytes).string().equals(text), "a text is quoted as another one");
    }
  }

  private static void value(JsonReader reader, JsonWriter writer, int depth) throws MalformedJson {
    if (depth == DEEP) {
      // The writer nests one level less than the reader; what is deep is embedded as it is.
      writer.raw(reader.raw());
      return;
    }
    switch (reader.peek()) {
      case OBJECT -> {
        reader.beginObject();
        writer.beginObject();
        for (String name; (name = reader.nextMember()) != null; ) {
          writer.name(name);
          value(reader, writer, depth + 1);
        }
        writer.endObject();
      }
      case ARRAY -> {
        reader.beginArray();
        writer.beginArray();
        while (reader.nextElement()) {
          value(reader, writer, depth + 1);
        }
        writer.endArray();
      }
      case STRING -> {
        String text = reader.string();
        quoted(text);
        writer.value(text);
      }
      case NUMBER -> writer.raw(reader.raw());
      case BOOLEAN -> writer.value(reader.bool());
      case NULL -> {
        Expect.that(reader.takeNull(), "null is not null");
        writer.nothing();
      }
    }
  }
}
