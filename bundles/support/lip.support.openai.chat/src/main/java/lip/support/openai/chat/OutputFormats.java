package lip.support.openai.chat;

import lip.api.Json;
import lip.api.option.OutputFormat;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** The {@code response_format} object. */
public final class OutputFormats {
  /**
   * What was read.
   *
   * @param format null = a type that is not known
   * @param whole whether the format says all that the object said
   */
  public record Read(@Nullable OutputFormat format, boolean whole) {}

  private OutputFormats() {}

  /** Reads the next value of a reader. */
  public static Read read(JsonReader reader) throws MalformedJson {
    String type = null;
    boolean whole = true;
    OutputFormat.@Nullable JsonSchema schema = null;
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "type" -> type = reader.string();
        case "json_schema" -> {
          String title = null;
          String description = null;
          Json body = null;
          Boolean strict = null;
          reader.beginObject();
          for (String inner; (inner = reader.nextMember()) != null; ) {
            switch (inner) {
              case "name" -> title = reader.stringOrNull();
              case "description" -> description = reader.stringOrNull();
              case "schema" -> body = reader.takeNull() ? null : reader.raw();
              case "strict" -> strict = reader.takeNull() ? null : (Boolean) reader.bool();
              default -> whole = false;
            }
          }
          schema =
              new OutputFormat.JsonSchema(
                  title, description, body == null ? Json.of("{}") : body, strict);
          whole &= body != null;
        }
        default -> whole = false;
      }
    }
    if (type == null) {
      throw new MalformedJson(reader.path() + ".type", "is needed", 0);
    }
    return switch (type) {
      case "text" -> new Read(new OutputFormat.Text(), whole);
      case "json_object" -> new Read(new OutputFormat.JsonObject(), whole);
      case "json_schema" -> {
        if (schema == null) {
          throw new MalformedJson(reader.path() + ".json_schema", "is needed", 0);
        }
        yield new Read(schema, whole);
      }
      default -> new Read(null, false);
    };
  }

  /** Writes a format; false = it has no form here and nothing was written. */
  public static boolean write(JsonWriter out, OutputFormat format) {
    switch (format) {
      case OutputFormat.Text _ ->
          out.name("response_format").beginObject().name("type").value("text").endObject();
      case OutputFormat.JsonObject _ ->
          out.name("response_format").beginObject().name("type").value("json_object").endObject();
      case OutputFormat.JsonSchema(var name, var description, var schema, var strict) -> {
        out.name("response_format").beginObject().name("type").value("json_schema");
        // OpenAI refuses a schema without a name.
        out.name("json_schema").beginObject().name("name").value(name == null ? "answer" : name);
        if (description != null) {
          out.name("description").value(description);
        }
        out.name("schema").raw(schema);
        if (strict != null) {
          out.name("strict").value(strict.booleanValue());
        }
        out.endObject().endObject();
      }
      case OutputFormat.Other _ -> {
        return false;
      }
    }
    return true;
  }
}
