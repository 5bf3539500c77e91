package lip.backend.openai.legacy;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Json;
import lip.api.Limits;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;

/**
 * Joins the pieces of {@code reasoning_details}: pieces with the same type and index are one
 * detail, whose texts are concatenated and whose other members are the last ones said. What a later
 * turn must bring back is the joined form.
 */
final class ReasoningDetails {
  /** Members of all details: some six each. */
  private static final int MOST_MEMBERS = 8 * Limits.PARTS;

  private final Map<String, Map<String, Object>> details = new LinkedHashMap<>();
  private long size;
  private int members;

  boolean isEmpty() {
    return details.isEmpty();
  }

  /** Adds the pieces of one chunk and returns their visible text. */
  String add(Json pieces) throws MalformedJson {
    size += pieces.length();
    if (size > Limits.JSON) {
      throw new MalformedJson("reasoning_details", "has more than " + Limits.JSON + " bytes", 0);
    }
    StringBuilder said = new StringBuilder();
    JsonReader reader = JsonReader.of(pieces);
    reader.beginArray();
    while (reader.nextElement()) {
      if (reader.peek() == JsonKind.OBJECT) {
        piece(reader, said);
      }
    }
    return said.toString();
  }

  /** The joined array; begins anew. */
  Json take() {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    JsonWriter out = new JsonWriter(bytes);
    out.beginArray();
    for (Map<String, Object> detail : details.values()) {
      out.beginObject();
      detail.forEach((name, value) -> {
        out.name(name);
        if (value instanceof Json json) {
          out.raw(json);
        } else {
          out.value(value.toString());
        }
      });
      out.endObject();
    }
    out.endArray().flush();
    details.clear();
    members = 0;
    byte[] array = bytes.toByteArray();
    return Json.slice(array, 0, array.length);
  }

  private void piece(JsonReader reader, StringBuilder said) throws MalformedJson {
    Map<String, Object> piece = new LinkedHashMap<>();
    String type = "";
    String index = "";
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      boolean text = reader.peek() == JsonKind.STRING;
      switch (name) {
        case "text", "summary", "data" -> {
          if (text) {
            String value = reader.string();
            piece.put(name, value);
            said.append(name.equals("data") ? "" : value);
          } else {
            piece.put(name, reader.raw());
          }
        }
        default -> {
          Json raw = reader.raw();
          piece.put(name, raw);
          type = name.equals("type") ? raw.text() : type;
          index = name.equals("index") ? raw.text() : index;
        }
      }
    }
    // Without an index only neighbours of one type can belong together.
    String key = index.isEmpty() ? "last " + type : type + index;
    Map<String, Object> known = details.get(key);
    if (known == null) {
      details.put(key, piece);
      count(piece.size());
      return;
    }
    int before = known.size();
    piece.forEach((name, value) -> {
      if (value instanceof String more && known.get(name) instanceof StringBuilder text) {
        text.append(more);
      } else if (value instanceof String more && known.get(name) instanceof String text) {
        StringBuilder joined = new StringBuilder(text.length() + more.length());
        joined.append(text).append(more);
        known.put(name, joined);
      } else if (!Json.NULL.equals(value) || !known.containsKey(name)) {
        known.put(name, value);
      }
    });
    count(known.size() - before);
  }

  private void count(int more) throws MalformedJson {
    members += more;
    if (members > MOST_MEMBERS) {
      throw new MalformedJson("reasoning_details", "has more than " + MOST_MEMBERS + " members", 0);
    }
  }
}
