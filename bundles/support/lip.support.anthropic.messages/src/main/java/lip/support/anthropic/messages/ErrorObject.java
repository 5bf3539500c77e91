package lip.support.anthropic.messages;

import lip.api.Json;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * The error of an error body or error record.
 *
 * @param type null = none
 * @param message text; empty = none
 * @param enveloped whether it stood in {@code {"type":"error","error":{...}}}, as this dialect
 *     wants
 */
public record ErrorObject(@Nullable String type, String message, boolean enveloped) {
  /**
   * Reads a body: the envelope, an object under {@code error} alone, a text there, or a bare {@code
   * message} or {@code detail}.
   *
   * @return null when it is JSON but no error
   */
  public static @Nullable ErrorObject read(byte[] body) throws MalformedJson {
    JsonReader reader = JsonReader.of(body);
    if (reader.peek() != JsonKind.OBJECT) {
      return null;
    }
    boolean marked = false;
    ErrorObject inner = null;
    String text = "";
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      JsonKind kind = reader.peek();
      switch (name) {
        case "type" -> marked = kind == JsonKind.STRING && reader.string().equals("error");
        case "error" -> {
          if (kind == JsonKind.OBJECT) {
            inner = inner(reader);
          } else if (kind == JsonKind.STRING) {
            text = reader.string();
          }
        }
        case "message", "detail" -> text = kind == JsonKind.STRING ? reader.string() : text;
        default -> {}
      }
    }
    reader.finish();
    if (inner != null) {
      return new ErrorObject(inner.type, inner.message, marked && inner.type != null);
    }
    return text.isEmpty() ? null : new ErrorObject(null, text, false);
  }

  private static ErrorObject inner(JsonReader reader) throws MalformedJson {
    String type = null;
    String message = "";
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      boolean string = reader.peek() == JsonKind.STRING;
      switch (name) {
        case "type" -> type = string ? reader.string() : null;
        case "message" -> message = string ? reader.string() : "";
        default -> {}
      }
    }
    return new ErrorObject(type, message, false);
  }

  /**
   * Writes the envelope.
   *
   * @param requestId null = none
   * @param details what programs may read of the error; null = none
   */
  public void write(JsonWriter out, @Nullable String requestId, @Nullable Json details) {
    out.beginObject().name("type").value("error").name("error").beginObject();
    out.name("type").value(type == null ? "api_error" : type);
    out.name("message").value(message);
    if (details != null) {
      out.name("details").raw(details);
    }
    out.endObject();
    if (requestId != null) {
      out.name("request_id").value(requestId);
    }
    out.endObject();
  }
}
