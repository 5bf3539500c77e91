package lip.frontend.anthropic;

import java.util.ArrayList;
import java.util.List;
import lip.api.CacheMarker;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.JsonString;
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
      JsonReader.Place place = reader.here();
      try {
        tools.add(tool(reader, place));
      } catch (InvalidCall e) {
        throw BlockDecoder.at(place.path(), e);
      }
    }
    return List.copyOf(tools);
  }

  private static Tool tool(JsonReader reader, JsonReader.Place place) throws MalformedJson {
    if (reader.peek() != JsonKind.OBJECT) {
      throw reader.failure("an object is needed");
    }
    String type = null;
    String name = null;
    JsonString description = null;
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
        case "description" -> description = reader.text();
        case "input_schema" -> schema = reader.raw();
        case "strict" -> strict = reader.bool();
        case "cache_control" -> cache = BlockDecoder.cacheControl(reader, members);
        default -> members.keep(member);
      }
    }
    boolean own = type == null || type.equals("custom");
    if (own) {
      if (name == null) {
        throw place.failure("name", "is needed");
      }
      Meta meta = new Meta(cache, members.extensions());
      return new Tool.Function(name, description, schema, strict, meta);
    }
    Json known = name == null ? null : TypedTools.schema(String.valueOf(type));
    if (known == null) {
      // Run by the provider, or younger than this: only the same dialect knows what it means.
      String called = name == null ? String.valueOf(type) : name;
      return new Tool.Hosted(
          Dialect.ANTHROPIC, called, place.text(), new Meta(cache, lip.api.Extensions.NONE));
    }
    members.put("type", Json.of(JsonWriter.quote(String.valueOf(type))));
    return new Tool.Function(
        String.valueOf(name),
        description == null
            ? JsonString.of(TypedTools.description(String.valueOf(type)))
            : description,
        known,
        strict,
        new Meta(cache, members.extensions()));
  }

  /** The choice that comes next; members that are not known go to the outer ones. */
  static Choice choice(JsonReader reader, Members outer) throws MalformedJson {
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
        default -> outer.put("tool_choice." + member, reader.raw());
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
