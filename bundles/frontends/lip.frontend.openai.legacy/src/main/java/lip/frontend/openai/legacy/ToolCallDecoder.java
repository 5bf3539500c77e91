package lip.frontend.openai.legacy;

import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import org.jspecify.annotations.Nullable;

/** Reads one element of {@code tool_calls} in the history. */
final class ToolCallDecoder {
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable String signature;
  private String arguments = "";
  private ToolKind kind = ToolKind.FUNCTION;

  private ToolCallDecoder() {}

  static Part.ToolCall read(JsonReader reader) throws MalformedJson {
    return new ToolCallDecoder().call(reader);
  }

  private Part.ToolCall call(JsonReader reader) throws MalformedJson {
    JsonReader.Place place = reader.here();
    Members members = new Members(reader, Dialect.OPENAI_CHAT);
    for (String member; (member = members.next()) != null; ) {
      if (reader.takeNull()) {
        continue;
      }
      switch (member) {
        case "id" -> id = reader.string();
        case "type" -> kind = new ToolKind(reader.string());
        case "function" -> body(reader, members, "arguments", "function.");
        case "custom" -> {
          kind = ToolKind.CUSTOM;
          body(reader, members, "input", "custom.");
        }
        case "extra_content" -> extraContent(reader.raw(), members);
        case "index" -> reader.skip();
        default -> members.keep(member);
      }
    }
    if (id == null || id.isEmpty()) {
      throw place.failure("id", "is needed");
    }
    if (name == null) {
      throw place.failure(kind.id() + ".name", "is needed");
    }
    return new Part.ToolCall(
        id, kind, name, arguments, Map.of(), signature, Meta.of(members.extensions()));
  }

  private void body(JsonReader reader, Members outer, String argumentsName, String prefix)
      throws MalformedJson {
    Members inner = new Members(reader, Dialect.OPENAI_CHAT);
    for (String member; (member = inner.next()) != null; ) {
      if (member.equals("name")) {
        name = reader.string();
      } else if (member.equals(argumentsName)) {
        arguments = argumentText(reader);
      } else {
        outer.put(prefix + member, reader.raw());
      }
    }
  }

  /** Arguments are a text with JSON in it; some clients send the JSON itself. */
  static String argumentText(JsonReader reader) throws MalformedJson {
    return switch (reader.peek()) {
      case STRING -> reader.string();
      case NULL -> {
        reader.skip();
        yield "";
      }
      case OBJECT, ARRAY, NUMBER, BOOLEAN -> reader.raw().text();
    };
  }

  /**
   * {@code {"google": {"thought_signature": "…"}}} is the call's signature; anything beside it is
   * kept, too.
   */
  private void extraContent(Json raw, Members members) throws MalformedJson {
    boolean more = false;
    JsonReader reader = JsonReader.of(raw);
    if (reader.peek() != JsonKind.OBJECT) {
      members.put("extra_content", raw);
      return;
    }
    reader.beginObject();
    for (String vendor; (vendor = reader.nextMember()) != null; ) {
      if (!vendor.equals("google") || reader.peek() != JsonKind.OBJECT) {
        more = true;
        continue;
      }
      reader.beginObject();
      for (String member; (member = reader.nextMember()) != null; ) {
        if (member.equals("thought_signature") && reader.peek() == JsonKind.STRING) {
          signature = reader.string();
        } else {
          more = true;
        }
      }
    }
    if (more || signature == null) {
      members.put("extra_content", raw);
    }
  }
}
