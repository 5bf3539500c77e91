package lip.frontend.openai.legacy;

import java.util.ArrayList;
import java.util.List;
import lip.api.Json;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Input items as messages: what the model said and the calls behind it are one turn here. */
final class ResponsesItems {
  private final JsonWriter out;
  private final List<Json> calls = new ArrayList<>();
  private @Nullable Json said;
  private @Nullable String thought;
  private boolean turn;

  ResponsesItems(JsonWriter out) {
    this.out = out;
  }

  void write(Json input) throws MalformedJson, BadRequest {
    JsonReader reader = JsonReader.of(input).atMost(JsonReader.MANY);
    if (reader.peek() == JsonKind.STRING) {
      out.beginObject().name("role").value("user").name("content").raw(input).endObject();
      return;
    }
    if (reader.peek() != JsonKind.ARRAY) {
      throw new MalformedJson("input", "a string or an array is needed", 0);
    }
    reader.beginArray();
    for (int i = 0; next(reader, "input"); i++) {
      if (reader.peek() != JsonKind.OBJECT) {
        throw new MalformedJson("input[" + i + "]", "an object is needed", 0);
      }
      item(reader.raw(), "input[" + i + "]");
    }
    flush();
  }

  private void item(Json item, String path) throws MalformedJson, BadRequest {
    Json kind = ResponsesShape.member(item, "type");
    String type = kind == null ? "message" : JsonReader.of(kind).string();
    switch (type) {
      case "message" -> message(item, path);
      case "function_call" -> call(item, "function", "arguments", path);
      case "custom_tool_call" -> call(item, "custom", "input", path);
      case "function_call_output", "custom_tool_call_output" -> result(item, path);
      case "reasoning" -> reasoning(item);
      default ->
          throw new BadRequest(
              "'" + path + ".type': items of this type are not supported on this path.",
              path + ".type",
              "unsupported_value");
    }
  }

  private void message(Json item, String path) throws MalformedJson, BadRequest {
    Json role = need(item, "role", path);
    Json content = ResponsesShape.member(item, "content");
    if (!role.equals(Json.of("\"assistant\""))) {
      flush();
      out.beginObject().name("role").raw(role).name("content");
      content(content, path);
      out.endObject();
      return;
    }
    if (said != null || !calls.isEmpty()) {
      flush();
    }
    turn = true;
    said = content;
  }

  private void call(Json item, String kind, String member, String path)
      throws MalformedJson, BadRequest {
    turn = true;
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    JsonWriter call = new JsonWriter(bytes);
    call.beginObject().name("id").raw(need(item, "call_id", path));
    call.name("type").value(kind).name(kind).beginObject();
    call.name("name").raw(need(item, "name", path));
    Json text = ResponsesShape.member(item, member);
    call.name(member).raw(text == null ? Json.of("\"\"") : text);
    call.endObject().endObject().flush();
    byte[] array = bytes.toByteArray();
    calls.add(Json.slice(array, 0, array.length));
  }

  private void result(Json item, String path) throws MalformedJson, BadRequest {
    flush();
    out.beginObject().name("role").value("tool");
    out.name("tool_call_id").raw(need(item, "call_id", path)).name("content");
    content(ResponsesShape.member(item, "output"), path);
    out.endObject();
  }

  private void reasoning(Json item) throws MalformedJson {
    if (turn) {
      flush();
    }
    StringBuilder texts = new StringBuilder();
    for (String member : List.of("summary", "content")) {
      Json pieces = ResponsesShape.member(item, member);
      JsonReader reader = pieces == null ? null : JsonReader.of(pieces);
      if (reader == null || reader.peek() != JsonKind.ARRAY) {
        continue;
      }
      reader.beginArray();
      while (reader.nextElement()) {
        Json text = ResponsesShape.member(reader.raw(), "text");
        if (text != null) {
          texts.append(texts.isEmpty() ? "" : "\n").append(JsonReader.of(text).string());
        }
      }
    }
    thought = texts.isEmpty() ? null : texts.toString();
  }

  private void flush() throws MalformedJson {
    if (turn) {
      out.beginObject().name("role").value("assistant").name("content");
      content(said, "input");
      if (thought != null) {
        out.name("reasoning_content").value(thought);
      }
      if (!calls.isEmpty()) {
        out.name("tool_calls").beginArray();
        calls.forEach(out::raw);
        out.endArray();
      }
      out.endObject();
    }
    turn = false;
    said = null;
    thought = null;
    calls.clear();
  }

  private void content(@Nullable Json content, String path) throws MalformedJson {
    if (content == null) {
      out.value((String) null);
      return;
    }
    JsonReader reader = JsonReader.of(content).atMost(JsonReader.MANY);
    if (reader.peek() != JsonKind.ARRAY) {
      out.raw(content);
      return;
    }
    out.beginArray();
    reader.beginArray();
    for (int i = 0; next(reader, path + ".content"); i++) {
      if (reader.peek() != JsonKind.OBJECT) {
        throw new MalformedJson(path + ".content[" + i + "]", "an object is needed", 0);
      }
      part(reader.raw());
    }
    out.endArray();
  }

  private void part(Json part) throws MalformedJson {
    Json kind = ResponsesShape.member(part, "type");
    switch (kind == null ? "" : JsonReader.of(kind).string()) {
      case "input_text", "output_text" -> {
        Json text = ResponsesShape.member(part, "text");
        out.beginObject().name("type").value("text");
        out.name("text").raw(text == null ? Json.of("\"\"") : text).endObject();
      }
      case "input_image" -> {
        out.beginObject().name("type").value("image_url").name("image_url").beginObject();
        copy(part, "image_url", "url");
        copy(part, "detail", "detail");
        out.endObject().endObject();
      }
      case "input_file" -> {
        out.beginObject().name("type").value("file").name("file").beginObject();
        copy(part, "file_data", "file_data");
        copy(part, "file_id", "file_id");
        copy(part, "filename", "filename");
        out.endObject().endObject();
      }
      default -> out.raw(part);
    }
  }

  private void copy(Json part, String from, String to) throws MalformedJson {
    Json value = ResponsesShape.member(part, from);
    if (value != null) {
      out.name(to).raw(value);
    }
  }

  /** Whether another element comes; a failure says where in the request. */
  private static boolean next(JsonReader reader, String place) throws MalformedJson {
    try {
      return reader.nextElement();
    } catch (MalformedJson e) {
      throw e.inside(place);
    }
  }

  private static Json need(Json item, String member, String path) throws MalformedJson, BadRequest {
    Json value = ResponsesShape.member(item, member);
    if (value == null) {
      throw new BadRequest(
          "'" + path + "." + member + "' is needed.",
          path + "." + member,
          "missing_required_parameter");
    }
    return value;
  }
}
