package lip.frontend.openai.legacy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lip.api.Json;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Splice;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of Cursor: it posts the form of {@code /v1/responses} to the path of Chat Completions and
 * reads chunks. Such a body is written anew in the form of this path; what has no meaning here is
 * refused or left out by name.
 */
final class ResponsesShape {
  /** Members that only that other path gives a meaning. */
  private static final Set<String> LEFT_OUT =
      Set.of("include", "truncation", "background", "max_tool_calls", "prompt", "conversation");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
  private final JsonWriter out = new JsonWriter(bytes);

  private ResponsesShape() {}

  /** Whether a body has {@code input} and no {@code messages}. */
  static boolean isIn(byte[] body) {
    try {
      if (JsonReader.of(body).peek() != JsonKind.OBJECT) {
        return false;
      }
      Splice members = Splice.of(body);
      return members.has("input") && !members.has("messages");
    } catch (MalformedJson _) {
      return false;
    }
  }

  /** The same request in the form of this path. */
  static byte[] toChat(byte[] body) throws MalformedJson, BadRequest {
    return new ResponsesShape().write(body);
  }

  private byte[] write(byte[] body) throws MalformedJson, BadRequest {
    Json instructions = null;
    Json input = null;
    JsonReader reader = JsonReader.of(body).atMost(JsonReader.MANY);
    out.beginObject();
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      if (reader.takeNull()) {
        continue;
      }
      if (LEFT_OUT.contains(name)) {
        reader.skip();
        continue;
      }
      switch (name) {
        case "input" -> input = reader.raw();
        case "instructions" -> instructions = reader.raw();
        case "previous_response_id" ->
            throw new BadRequest(
                "'previous_response_id': nothing is stored here; send the whole conversation.",
                name,
                "unsupported_parameter");
        case "max_output_tokens" -> out.name("max_completion_tokens").raw(reader.raw());
        case "reasoning" -> effort(reader.raw());
        case "text" -> text(reader.raw());
        case "tools" -> tools(reader);
        case "tool_choice" -> choice(reader.raw());
        default -> out.name(name).raw(reader.raw());
      }
    }
    reader.finish();
    out.name("messages").beginArray();
    if (instructions != null) {
      out.beginObject().name("role").value("system").name("content").raw(instructions).endObject();
    }
    if (input != null) {
      new ResponsesItems(out).write(input);
    }
    out.endArray().endObject().flush();
    return bytes.toByteArray();
  }

  private void effort(Json reasoning) throws MalformedJson {
    Json effort = member(reasoning, "effort");
    if (effort != null) {
      out.name("reasoning_effort").raw(effort);
    }
  }

  private void text(Json text) throws MalformedJson {
    Json verbosity = member(text, "verbosity");
    if (verbosity != null) {
      out.name("verbosity").raw(verbosity);
    }
    Json format = member(text, "format");
    if (format == null) {
      return;
    }
    Json type = member(format, "type");
    if (type == null || !type.equals(Json.of("\"json_schema\""))) {
      out.name("response_format").raw(format);
      return;
    }
    out.name("response_format").beginObject().name("type").raw(type);
    out.name("json_schema").beginObject();
    others(format, Set.of("type"));
    out.endObject().endObject();
  }

  private void tools(JsonReader reader) throws MalformedJson {
    List<Json> tools = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      tools.add(reader.raw());
    }
    if (tools.isEmpty()) {
      return;
    }
    out.name("tools").beginArray();
    for (Json tool : tools) {
      Json type = member(tool, "type");
      Json schema = member(tool, "input_schema");
      if (schema != null && member(tool, "name") != null) {
        // Anthropic's form; Cursor mixes them.
        out.beginObject().name("type").value("function").name("function").beginObject();
        others(tool, Set.of("type", "input_schema", "cache_control"));
        out.name("parameters").raw(schema).endObject().endObject();
      } else if (type != null && nested(tool, type)) {
        out.beginObject().name("type").raw(type).name(word(type)).beginObject();
        others(tool, Set.of("type"));
        out.endObject().endObject();
      } else {
        out.raw(tool);
      }
    }
    out.endArray();
  }

  private void choice(Json choice) throws MalformedJson {
    out.name("tool_choice");
    Json type = JsonReader.of(choice).peek() == JsonKind.OBJECT ? member(choice, "type") : null;
    if (type != null && nested(choice, type)) {
      out.beginObject().name("type").raw(type).name(word(type)).beginObject();
      others(choice, Set.of("type"));
      out.endObject().endObject();
    } else {
      out.raw(choice);
    }
  }

  /** Whether the other path says flat what this one puts into an object. */
  private static boolean nested(Json object, Json type) throws MalformedJson {
    boolean known = type.equals(Json.of("\"function\"")) || type.equals(Json.of("\"custom\""));
    return known && member(object, "name") != null;
  }

  private static String word(Json type) throws MalformedJson {
    return JsonReader.of(type).string();
  }

  private void others(Json object, Set<String> without) throws MalformedJson {
    JsonReader reader = JsonReader.of(object);
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      if (without.contains(name)) {
        reader.skip();
      } else {
        out.name(name).raw(reader.raw());
      }
    }
  }

  /** A member of an object; null = it is not there, is null, or that is no object. */
  static @Nullable Json member(Json object, String wanted) throws MalformedJson {
    JsonReader reader = JsonReader.of(object);
    if (reader.peek() != JsonKind.OBJECT) {
      return null;
    }
    Json found = null;
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      if (name.equals(wanted) && !reader.takeNull()) {
        found = reader.raw();
      } else if (!name.equals(wanted)) {
        reader.skip();
      }
    }
    return found;
  }
}
