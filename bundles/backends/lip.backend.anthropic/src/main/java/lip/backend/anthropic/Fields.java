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

  private void member(String name, JsonReader reader) throws MalformedJson {
    JsonKind kind = reader.peek();
    if (kind != JsonKind.STRING) {
      texts.remove(name);
      Json value = reader.raw();
      members.put(name, value);
      if (name.equals("index")) {
        index = kind == JsonKind.NUMBER ? JsonReader.of(value).integer() : 0;
      }
      return;
    }
    // Its characters and where it stands are found in one go.
    JsonReader.Place place = reader.here();
    String text = reader.string();
    members.put(name, place.text());
    texts.put(name, text);
    if (name.equals("type")) {
      type = text;
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
