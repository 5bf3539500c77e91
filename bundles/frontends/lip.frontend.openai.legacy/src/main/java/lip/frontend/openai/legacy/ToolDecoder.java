package lip.frontend.openai.legacy;

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
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import org.jspecify.annotations.Nullable;

/** Reads {@code tools} and {@code tool_choice}. */
final class ToolDecoder {
  private ToolDecoder() {}

  static List<Tool> tools(JsonReader reader) throws MalformedJson {
    List<Tool> tools = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      JsonReader.Place place = reader.here();
      try {
        tools.add(tool(reader, place));
      } catch (InvalidCall e) {
        throw place.failure(e.field(), problem(e));
      }
    }
    return List.copyOf(tools);
  }

  private static String problem(InvalidCall e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(Math.min(message.length(), e.field().length() + 2));
  }

  private static Tool tool(JsonReader reader, JsonReader.Place place) throws MalformedJson {
    Members members = new Members(reader, Dialect.OPENAI_CHAT);
    Body body = new Body();
    String type = null;
    boolean nested = false;
    CacheMarker cache = null;
    for (String name; (name = members.next()) != null; ) {
      if (name.equals("type")) {
        type = reader.string();
      } else if ((name.equals("function") || name.equals("custom"))
          && reader.peek() == JsonKind.OBJECT) {
        nested = true;
        type = type == null ? name : type;
        body.read(reader, members, name + ".");
      } else if (name.equals("cache_control") && reader.peek() == JsonKind.OBJECT) {
        cache = CacheControl.read(reader, members);
      } else if (!body.member(name, reader)) {
        members.keep(name);
      }
    }
    if (type == null) {
      throw place.failure("type", "is needed");
    }
    Meta meta = new Meta(cache, members.extensions());
    String called = body.name;
    if (called == null && (nested || type.equals("function") || type.equals("custom"))) {
      throw place.failure(type + ".name", "is needed");
    }
    return switch (type) {
      case "function" ->
          new Tool.Function(
              String.valueOf(called), body.description, body.parameters, body.strict, meta);
      case "custom" -> new Tool.Custom(String.valueOf(called), body.description, body.format, meta);
      // Run by the provider: only the same dialect knows what it means.
      default -> new Tool.Hosted(Dialect.OPENAI_CHAT, type, place.text(), Meta.NONE);
    };
  }

  /**
   * The choice; null = a form that is not known. Members that are not known go to the outer ones.
   */
  static @Nullable ToolChoice choice(Json raw, Members outer) throws MalformedJson {
    JsonReader reader = JsonReader.of(raw);
    if (reader.peek() == JsonKind.STRING) {
      return switch (reader.string()) {
        case "auto" -> new ToolChoice.Auto();
        case "none" -> new ToolChoice.None();
        case "required", "any" -> new ToolChoice.Any();
        default ->
            throw new MalformedJson(
                "tool_choice", "none, auto, required or an object is needed", 0);
      };
    }
    if (reader.peek() != JsonKind.OBJECT) {
      throw new MalformedJson("tool_choice", "a string or an object is needed", 0);
    }
    String type = "";
    String name = null;
    String mode = "auto";
    List<String> allowed = null;
    reader.beginObject();
    for (String member; (member = reader.nextMember()) != null; ) {
      switch (member) {
        case "type" -> type = reader.string();
        case "name" -> name = reader.stringOrNull();
        case "function", "custom" -> name = named(reader);
        case "allowed_tools" -> {
          reader.beginObject();
          for (String inner; (inner = reader.nextMember()) != null; ) {
            if (inner.equals("mode")) {
              mode = reader.string();
            } else if (inner.equals("tools")) {
              allowed = names(reader);
            }
          }
        }
        default -> outer.put("tool_choice." + member, reader.raw());
      }
    }
    if (type.equals("allowed_tools") && allowed != null) {
      return allowed.isEmpty() ? null : new ToolChoice.Allowed(mode.equals("required"), allowed);
    }
    if ((type.equals("function") || type.equals("custom")) && name == null) {
      throw new MalformedJson("tool_choice." + type + ".name", "is needed", 0);
    }
    return switch (type) {
      case "function" -> new ToolChoice.Named(ToolKind.FUNCTION, String.valueOf(name));
      case "custom" -> new ToolChoice.Named(ToolKind.CUSTOM, String.valueOf(name));
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "any", "required" -> new ToolChoice.Any();
      default -> null;
    };
  }

  /**
   * Names of the allowed tools; a tool without a name makes the list empty: only the provider
   * understands it.
   */
  private static List<String> names(JsonReader reader) throws MalformedJson {
    List<String> names = new ArrayList<>();
    boolean all = true;
    reader.beginArray();
    while (reader.nextElement()) {
      String name = null;
      reader.beginObject();
      for (String member; (member = reader.nextMember()) != null; ) {
        switch (member) {
          case "name" -> name = reader.string();
          case "function", "custom" -> name = named(reader);
          default -> {}
        }
      }
      if (name == null) {
        all = false;
      } else {
        names.add(name);
      }
    }
    return all ? names : List.of();
  }

  private static @Nullable String named(JsonReader reader) throws MalformedJson {
    String name = null;
    reader.beginObject();
    for (String member; (member = reader.nextMember()) != null; ) {
      if (member.equals("name")) {
        name = reader.string();
      }
    }
    return name;
  }

  /**
   * What stands inside {@code function} or {@code custom}, or, in the flat form of some clients,
   * beside {@code type}.
   */
  private static final class Body {
    private @Nullable String name;
    private @Nullable JsonString description;
    private @Nullable Json parameters;
    private @Nullable Json format;
    private @Nullable Boolean strict;

    void read(JsonReader reader, Members outer, String prefix) throws MalformedJson {
      Members inner = new Members(reader, Dialect.OPENAI_CHAT);
      for (String member; (member = inner.next()) != null; ) {
        if (!member(member, reader)) {
          outer.put(prefix + member, reader.raw());
        }
      }
    }

    boolean member(String member, JsonReader reader) throws MalformedJson {
      switch (member) {
        case "name" -> name = reader.string();
        case "description" -> description = reader.textOrNull();
        case "parameters" -> parameters = reader.takeNull() ? null : reader.raw();
        case "format" -> format = reader.takeNull() ? null : reader.raw();
        case "strict" -> strict = reader.takeNull() ? null : (Boolean) reader.bool();
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
