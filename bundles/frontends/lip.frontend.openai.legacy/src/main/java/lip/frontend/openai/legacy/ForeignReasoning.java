package lip.frontend.openai.legacy;

import java.util.ArrayList;
import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Part;
import lip.support.envelope.ReasoningEnvelope;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * Reasoning of other protocols with a proof of its provider. It travels as an element of {@code
 * reasoning_details}, which clients bring back as they got it; its type says that there is nothing
 * to show.
 */
final class ForeignReasoning {
  private ForeignReasoning() {}

  /** Whether there is more to it than its visible text. */
  static boolean is(Part.Reasoning reasoning) {
    return !reasoning.dialect().equals(Dialect.OPENAI_CHAT)
        && ((reasoning.signature() != null && !reasoning.signature().isEmpty())
            || reasoning.opaque() != null
            || reasoning.itemId() != null);
  }

  /** A list of this one. */
  static Json details(Part.Reasoning piece, int index) {
    JsonBuffer list = new JsonBuffer();
    JsonWriter out = new JsonWriter(list);
    out.beginArray();
    write(out, piece, index);
    out.endArray().flush();
    return Json.slice(list.toBytes(), 0, list.length());
  }

  /** As an element of a list. */
  static void write(JsonWriter out, Part.Reasoning piece, int index) {
    out.beginObject().name("type").value("reasoning.encrypted");
    out.name("data").value(ReasoningEnvelope.packWhole(piece));
    out.name("index").value(index).endObject();
  }

  /**
   * What of a client's {@code reasoning_details} is ours.
   *
   * @return null = nothing; empty = it was damaged
   */
  static @Nullable List<Part> open(@Nullable Json details) throws MalformedJson {
    // Most have none of ours: one look instead of a parse.
    if (details == null || !details.text().contains(ReasoningEnvelope.MARK)) {
      return null;
    }
    JsonReader reader = JsonReader.of(details);
    if (reader.peek() != JsonKind.ARRAY) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    boolean ours = false;
    reader.beginArray();
    while (reader.nextElement()) {
      String data = data(reader);
      if (data != null && ReasoningEnvelope.is(data)) {
        ours = true;
        Part.Reasoning part = ReasoningEnvelope.open(data, "", Meta.NONE);
        if (part != null) {
          parts.add(part);
        }
      }
    }
    return ours ? parts : null;
  }

  private static @Nullable String data(JsonReader reader) throws MalformedJson {
    if (reader.peek() != JsonKind.OBJECT) {
      reader.skip();
      return null;
    }
    String data = null;
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      if (name.equals("data") && reader.peek() == JsonKind.STRING) {
        data = reader.string();
      } else {
        reader.skip();
      }
    }
    return data;
  }
}
