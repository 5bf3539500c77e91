package lip.backend.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import lip.api.Json;
import lip.api.Limits;
import lip.api.event.Event;
import lip.api.tool.ToolKind;
import lip.support.anthropic.messages.Names;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;

/** A tool call of the client's tools. */
final class CallBlock extends Block {
  private static final Set<String> OWN = Set.of("type", "id", "name", "input");

  private final String id;
  private final String name;
  private final boolean custom;
  private final Json input;
  private final Map<String, String> nativeIds;

  CallBlock(Fields start, Deque<Event> events, OpenBlocks all, ToolNames tools)
      throws MalformedJson {
    super(events, all);
    id = text(start, "id");
    String wire = text(start, "name");
    if (id.isEmpty() || wire.isEmpty()) {
      throw new MalformedJson("content_block", "a tool_use needs id and name", 0);
    }
    bound("id", id.length());
    bound("name", wire.length());
    name = tools.original(wire);
    custom = tools.isCustom(wire);
    input = start.members.getOrDefault("input", Json.of("{}"));
    nativeIds = new LinkedHashMap<>();
    long further = 0;
    for (Map.Entry<String, Json> member : start.members.entrySet()) {
      Json value = member.getValue();
      if (!OWN.contains(member.getKey()) && !value.equals(Json.NULL)) {
        further += member.getKey().length() + value.length();
        bound("rest", further);
        nativeIds.put(Names.CALL + member.getKey(), value.text());
      }
    }
  }

  /** A call is known until the answer ends, and comes back in requests. */
  private static void bound(String what, long length) throws MalformedJson {
    if (length > Limits.REFERENCE) {
      throw new MalformedJson(
          "content_block", "the " + what + " of a tool_use is longer than " + Limits.REFERENCE, 0);
    }
  }

  @Override
  void begin() throws MalformedJson {
    ToolKind kind = custom ? ToolKind.CUSTOM : ToolKind.FUNCTION;
    events.add(new Event.ToolCallStarted(id, kind, name, nativeIds, null));
    JsonReader reader = JsonReader.of(input);
    if (reader.peek() == JsonKind.OBJECT) {
      reader.beginObject();
      if (reader.nextMember() != null) {
        take("input_json_delta", input.text());
      }
    }
  }

  @Override
  void take(String type, String text) throws MalformedJson {
    if (custom) {
      keep(text);
    } else {
      events.add(new Event.ToolArgumentsDelta(id, text));
    }
  }

  @Override
  void end() {
    if (custom && !kept().isEmpty()) {
      events.add(new Event.ToolArgumentsDelta(id, unwrapped(kept())));
    }
    events.add(new Event.ToolCallFinished(id));
  }

  /** The free text in the object it was asked for in; something else stays as it is. */
  private static String unwrapped(String json) {
    try {
      String text = null;
      JsonReader reader = JsonReader.of(json.getBytes(StandardCharsets.UTF_8));
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        text = name.equals("input") ? reader.string() : text;
      }
      reader.finish();
      return text == null ? json : text;
    } catch (MalformedJson _) {
      return json;
    }
  }
}
