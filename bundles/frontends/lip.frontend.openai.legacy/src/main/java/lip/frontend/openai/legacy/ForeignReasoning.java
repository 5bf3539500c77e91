package lip.frontend.openai.legacy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Part;
import lip.support.envelope.ReasoningEnvelope;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * State of reasoning of another protocol, such as signatures. Clients that bring {@code
 * reasoning_details} back carry it as one of these, encrypted in their eyes; only what we packed is
 * ever opened.
 */
final class ForeignReasoning {
  /** So that clients and others see whose it is. */
  private static final String FORMAT = "lip-envelope-v1";

  private ForeignReasoning() {}

  /** Whether a later turn must bring it back, and this protocol has no place for it. */
  static boolean is(Part.Reasoning reasoning) {
    return !reasoning.dialect().equals(Dialect.OPENAI_CHAT)
        && (reasoning.signature() != null || reasoning.opaque() != null);
  }

  /**
   * The array with one detail.
   *
   * @param index its place among the details of the answer
   */
  static Json details(Part.Reasoning reasoning, int index) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter out = new JsonWriter(bytes).beginArray();
    detail(out, reasoning, index);
    out.endArray().flush();
    byte[] array = bytes.toByteArray();
    return Json.slice(array, 0, array.length);
  }

  /** One detail. */
  static void detail(JsonWriter out, Part.Reasoning reasoning, int index) {
    out.beginObject().name("type").value("reasoning.encrypted");
    out.name("data").value(ReasoningEnvelope.packWhole(reasoning));
    out.name("format").value(FORMAT).name("index").value(index).endObject();
  }

  /**
   * What a client brought back.
   *
   * @param opened ours, in order
   * @param rest the others; null = there are none
   * @param found whether any was ours, even if it was damaged
   */
  record Returned(List<Part> opened, @Nullable Json rest, boolean found) {}

  /** Sorts the details of a turn. */
  static Returned read(Json details) throws MalformedJson {
    JsonReader reader = JsonReader.of(details);
    if (reader.peek() != JsonKind.ARRAY) {
      return new Returned(List.of(), details, false);
    }
    List<Part> opened = new ArrayList<>();
    List<Json> rest = new ArrayList<>();
    boolean found = false;
    reader.beginArray();
    while (reader.nextElement()) {
      Json detail = reader.raw();
      String data = data(detail);
      if (!ReasoningEnvelope.is(data)) {
        rest.add(detail);
        continue;
      }
      found = true;
      Part.Reasoning reasoning = ReasoningEnvelope.open(String.valueOf(data), "", Meta.NONE);
      if (reasoning != null) {
        opened.add(reasoning);
      }
    }
    return found
        ? new Returned(opened, array(rest), true)
        : new Returned(List.of(), details, false);
  }

  private static @Nullable String data(Json detail) throws MalformedJson {
    JsonReader reader = JsonReader.of(detail);
    if (reader.peek() != JsonKind.OBJECT) {
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

  private static @Nullable Json array(List<Json> elements) {
    if (elements.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter out = new JsonWriter(bytes).beginArray();
    elements.forEach(out::raw);
    out.endArray().flush();
    byte[] array = bytes.toByteArray();
    return Json.slice(array, 0, array.length);
  }
}
