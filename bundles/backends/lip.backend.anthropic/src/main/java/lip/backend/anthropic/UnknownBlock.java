package lip.backend.anthropic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.event.Event;
import lip.support.anthropic.messages.Names;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;

/** A block that only clients of this dialect understand: it goes to them whole. */
final class UnknownBlock extends Block {
  private final Map<String, Json> members;
  private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
  private long added;

  UnknownBlock(Fields start, Deque<Event> events, OpenBlocks all) {
    super(events, all);
    members = new LinkedHashMap<>(start.members);
  }

  @Override
  void begin() {}

  /** What a delta of a type that is not known says, belongs to the block. */
  @Override
  void delta(Json raw) throws MalformedJson {
    Fields delta = Fields.of(JsonReader.of(raw));
    for (Map.Entry<String, Json> member : delta.members.entrySet()) {
      String name = member.getKey();
      Json value = member.getValue();
      if (delta.type.equals("input_json_delta") && name.equals("partial_json")) {
        keep(JsonReader.of(value).string());
      } else if (JsonReader.of(value).peek() != JsonKind.STRING) {
        count(name, value.length());
        members.put(name, Json.slice(value.toBytes(), 0, value.length()));
      } else if (!name.equals("type")) {
        String text = JsonReader.of(value).string();
        count(name, text.length());
        texts.computeIfAbsent(name, _ -> new StringBuilder()).append(text);
      }
    }
  }

  @Override
  void take(String type, String text) {}

  private void count(String name, int more) throws MalformedJson {
    int bytes = name.length() + more;
    added += bytes;
    if (added > Limits.JSON
        || members.size() > Limits.EXTENSION_KEYS
        || texts.size() > Limits.EXTENSION_KEYS) {
      throw tooLong();
    }
    grow(bytes);
  }

  @Override
  void end() throws MalformedJson {
    if (!kept().isEmpty()) {
      JsonReader.of(kept().getBytes(StandardCharsets.UTF_8)).skip();
      members.put("input", Json.of(kept()));
    }
    for (Map.Entry<String, StringBuilder> text : texts.entrySet()) {
      Json before = members.get(text.getKey());
      String first =
          before != null && JsonReader.of(before).peek() == JsonKind.STRING
              ? JsonReader.of(before).string()
              : "";
      members.put(text.getKey(), Json.of(JsonWriter.quote(first + text.getValue())));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter out = new JsonWriter(bytes);
    out.beginObject();
    members.forEach((name, value) -> out.name(name).raw(value));
    out.endObject().flush();
    byte[] whole = bytes.toByteArray();
    events.add(
        new Event.Extension(Dialect.ANTHROPIC, Names.BLOCK, Json.slice(whole, 0, whole.length)));
  }
}
