package lip.support.openai.chat;

import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * The error of an error body or error record.
 *
 * @param message text; empty = none
 * @param type null = none
 * @param param null = none
 * @param code null = none; a number is kept as its digits
 * @param enveloped whether it stood in an object under {@code error}, as this dialect wants it
 */
public record ErrorObject(
    String message,
    @Nullable String type,
    @Nullable String param,
    @Nullable String code,
    boolean enveloped) {
  /**
   * Reads a body: {@code {"error": {...}}}, {@code {"error": "text"}}, a bare error object, {@code
   * {"detail": "text"}}, or an array with one of these.
   *
   * @return null when it is JSON but no error
   */
  public static @Nullable ErrorObject read(byte[] body, int offset, int length)
      throws MalformedJson {
    JsonReader reader = JsonReader.of(body, offset, length);
    if (reader.peek() == JsonKind.ARRAY) {
      reader.beginArray();
      if (!reader.nextElement() || reader.peek() != JsonKind.OBJECT) {
        return null;
      }
      ErrorObject first = readObject(reader);
      return first == null
          ? null
          : new ErrorObject(first.message, first.type, first.param, first.code, false);
    }
    ErrorObject error = reader.peek() == JsonKind.OBJECT ? readObject(reader) : null;
    reader.finish();
    return error;
  }

  private static @Nullable ErrorObject readObject(JsonReader reader) throws MalformedJson {
    Fields outer = new Fields();
    ErrorObject inner = null;
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      if (name.equals("error") && reader.peek() == JsonKind.OBJECT) {
        inner = readValue(reader);
      } else if (name.equals("error") && reader.peek() == JsonKind.STRING) {
        outer.message = reader.string();
      } else {
        outer.read(name, reader);
      }
    }
    if (inner != null) {
      return inner;
    }
    return outer.message.isEmpty() ? null : outer.error(false);
  }

  /** Reads the value of a member {@code error}: an object or a text. */
  public static ErrorObject readValue(JsonReader reader) throws MalformedJson {
    Fields fields = new Fields();
    if (reader.peek() == JsonKind.OBJECT) {
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        fields.read(name, reader);
      }
      return fields.error(true);
    }
    if (reader.peek() == JsonKind.STRING) {
      fields.message = reader.string();
    } else {
      reader.skip();
    }
    return fields.error(false);
  }

  /** Writes the envelope. */
  public void write(JsonWriter out) {
    out.beginObject().name("error").beginObject();
    out.name("message").value(message);
    out.name("type").value(type);
    out.name("param").value(param);
    out.name("code").value(code);
    out.endObject().endObject();
  }

  private static final class Fields {
    private String message = "";
    private @Nullable String type;
    private @Nullable String param;
    private @Nullable String code;

    void read(String name, JsonReader reader) throws MalformedJson {
      switch (name) {
        case "message" -> message = orElse(text(reader), message);
        case "detail" -> {
          if (message.isEmpty()) {
            message = orElse(text(reader), "");
          }
        }
        case "type", "status" -> type = orElse(text(reader), type == null ? "" : type);
        case "param" -> param = text(reader);
        case "code" -> code = text(reader);
        default -> {}
      }
    }

    ErrorObject error(boolean enveloped) {
      return new ErrorObject(
          message, type == null || type.isEmpty() ? null : type, param, code, enveloped);
    }

    private static String orElse(@Nullable String value, String other) {
      return value == null ? other : value;
    }

    /** A text, or a number as its digits; other kinds are passed over. */
    private static @Nullable String text(JsonReader reader) throws MalformedJson {
      return switch (reader.peek()) {
        case STRING -> reader.string();
        case NUMBER -> reader.raw().text();
        case OBJECT, ARRAY, BOOLEAN, NULL -> null;
      };
    }
  }
}
