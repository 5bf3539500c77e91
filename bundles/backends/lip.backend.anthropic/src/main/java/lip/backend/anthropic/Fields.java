package lip.backend.anthropic;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Json;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** The members of an object as raw values, its texts, and the two that tell what it is. */
final class Fields {
  final Map<String, Json> members = new LinkedHashMap<>();
  String type = "";
  long index;

  private final Map<String, String> texts = new HashMap<>();

  private Fields() {}

  /** Of a text that holds nothing else. */
  static Fields of(JsonReader reader) throws MalformedJson {
    Fields fields = read(reader);
    reader.finish();
    return fields;
  }

  /** Of the object that comes next. */
  static Fields read(JsonReader reader) throws MalformedJson {
    Fields fields = new Fields();
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      fields.member(name, reader);
    }
    return fields;
  }

  /** Of a name that stands twice the last value counts. */
  private void member(String name, JsonReader reader) throws MalformedJson {
    JsonKind kind = reader.peek();
    JsonReader.Place place = reader.here();
    // The characters of a text and where it stands are found in one go.
    String text = kind == JsonKind.STRING ? reader.string() : "";
    Json value = kind == JsonKind.STRING ? place.text() : reader.raw();
    members.put(name, value);
    texts.put(name, text);
    switch (name) {
      case "type" -> type = text;
      case "index" -> index = kind == JsonKind.NUMBER ? JsonReader.of(value).integer() : 0;
      default -> {}
    }
  }

  Json need(String name) throws MalformedJson {
    Json value = members.get(name);
    if (value == null) {
      throw new MalformedJson(name, "is needed", 0);
    }
    return value;
  }

  /** A text; null = it is empty, or something else. */
  @Nullable String text(String name) {
    String text = texts.get(name);
    return text == null || text.isEmpty() ? null : text;
  }
}
