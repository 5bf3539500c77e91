package lip.frontend.anthropic;

import java.util.ArrayList;
import java.util.List;
import lip.api.CacheMarker;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.Meta;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.api.tool.ToolKind;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import org.jspecify.annotations.Nullable;

/** Reads {@code tools} and {@code tool_choice}. */
final class ToolDecoder {
  /**
   * A choice and what stands beside it.
   *
   * @param alone whether calls come one at a time; null = not said
   */
  record Choice(ToolChoice choice, @Nullable Boolean alone) {}

  private ToolDecoder() {}

  static List<Tool> tools(JsonReader reader) throws MalformedJson {
    List<Tool> tools = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      String path = "tools[" + tools.size() + "]";
      // What is wrong with the text itself has its whole path already.
      Json raw = reader.raw();
      try {
        tools.add(tool(raw));
      } catch (InvalidCall e) {
        throw BlockDecoder.at(path, e);
      } catch (MalformedJson e) {
        throw new MalformedJson(
            e.path().isEmpty() ? path : path + "." + e.path(), e.problem(), e.offset());
      }
    }
    return tools;
  }

  private static Tool tool(Json raw) throws MalformedJson {
    JsonReader reader = JsonReader.of(raw);
    if (reader.peek() != JsonKind.OBJECT) {
      throw new MalformedJson("", "an object is needed", 0);
    }
    String type = null;
    String name = null;
    String description = null;
    Json schema = null;
    Boolean strict = null;
    CacheMarker cache = null;
    Members members = new Members(reader, Dialect.ANTHROPIC);
    for (String member; (member = members.next()) != null; ) {
      if (reader.takeNull()) {
        continue;
      }
      switch (member) {
        case "type" -> type = reader.string();
        case "name" -> name = reader.string();
        case "description" -> description = reader.string();
        case "input_schema" -> schema = reader.raw();
        case "strict" -> strict = reader.bool();
        case "cache_control" -> cache = BlockDecoder.cacheControl(reader);
        default -> members.keep(member);
      }
    }
    boolean own = type == null || type.equals("custom");
    if (own) {
      if (name == null) {
        throw new MalformedJson("name", "is needed", 0);
      }
      Meta meta = new Meta(cache, members.extensions());
      return new Tool.Function(name, description, schema, strict, meta);
    }
    Json known = name == null ? null : TypedTools.schema(String.valueOf(type));
    if (known == null) {
      // Run by the provider, or younger than this: only the same dialect knows what it means.
      String called = name == null ? String.valueOf(type) : name;
      return new Tool.Hosted(
          Dialect.ANTHROPIC, called, raw, new Meta(cache, lip.api.Extensions.NONE));
    }
    members.put("type", Json.of(JsonWriter.quote(String.valueOf(type))));
    return new Tool.Function(
        String.valueOf(name),
        description == null ? TypedTools.description(String.valueOf(type)) : description,
        known,
        strict,
        new Meta(cache, members.extensions()));
  }

  static Choice choice(JsonReader reader) throws MalformedJson {
    if (reader.peek() != JsonKind.OBJECT) {
      throw reader.failure("an object is needed");
    }
    String type = null;
    String name = null;
    Boolean alone = null;
    Members members = new Members(reader, Dialect.ANTHROPIC);
    for (String member; (member = members.next()) != null; ) {
      switch (member) {
        case "type" -> type = reader.string();
        case "name" -> name = reader.stringOrNull();
        case "disable_parallel_tool_use" ->
            alone = reader.takeNull() ? null : (Boolean) reader.bool();
        default -> members.keep(member);
      }
    }
    ToolChoice choice =
        switch (String.valueOf(type)) {
          case "auto" -> new ToolChoice.Auto();
          case "any" -> new ToolChoice.Any();
          case "none" -> new ToolChoice.None();
          case "tool" -> {
            if (name == null) {
              throw new MalformedJson("tool_choice.name", "is needed", 0);
            }
            yield new ToolChoice.Named(ToolKind.FUNCTION, name);
          }
          default ->
              throw new MalformedJson("tool_choice.type", "auto, any, tool or none is needed", 0);
        };
    return new Choice(choice, alone);
  }
}
