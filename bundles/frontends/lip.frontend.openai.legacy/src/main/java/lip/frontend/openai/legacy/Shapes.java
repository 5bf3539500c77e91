package lip.frontend.openai.legacy;

import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.message.Annotation;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.openai.chat.DataUrl;
import org.jspecify.annotations.Nullable;

/** Pieces that a chunk and a whole answer write alike. */
final class Shapes {
  private Shapes() {}

  /** A tool call without its arguments, up to and including the opening quote of them. */
  static void callHead(
      JsonBuffer out,
      int index,
      boolean withIndex,
      String id,
      ToolKind kind,
      String name,
      @Nullable String signature) {
    boolean custom = kind.equals(ToolKind.CUSTOM);
    out.append("{");
    if (withIndex) {
      out.append("\"index\":");
      out.append(Integer.toString(index));
      out.append(",");
    }
    out.append("\"id\":\"");
    out.escaped(id);
    out.append(custom ? "\",\"type\":\"custom\"," : "\",\"type\":\"function\",");
    if (signature != null) {
      out.append("\"extra_content\":{\"google\":{\"thought_signature\":\"");
      out.escaped(signature);
      out.append("\"}},");
    }
    out.append(custom ? "\"custom\":{\"name\":\"" : "\"function\":{\"name\":\"");
    out.escaped(name);
    out.append(custom ? "\",\"input\":\"" : "\",\"arguments\":\"");
  }

  /** Whether an annotation has a form here. */
  static boolean hasForm(Annotation annotation) {
    return annotation.dialect().equals(Dialect.OPENAI_CHAT) || annotation.url() != null;
  }

  /** An annotation in this protocol's form; false = it has none, nothing was written. */
  static boolean annotation(JsonWriter out, Annotation annotation) {
    if (annotation.dialect().equals(Dialect.OPENAI_CHAT)) {
      out.raw(annotation.raw());
      return true;
    }
    if (annotation.url() == null) {
      return false;
    }
    out.beginObject().name("type").value("url_citation").name("url_citation").beginObject();
    out.name("start_index").value(Math.max(annotation.start(), 0));
    out.name("end_index").value(Math.max(annotation.end(), 0));
    out.name("title").value(annotation.title() == null ? "" : annotation.title());
    out.name("url").value(annotation.url());
    out.endObject().endObject();
    return true;
  }

  /**
   * A picture as several compatible providers send it; null = other media, which have no form here.
   */
  static @Nullable Json image(Part.Media media) {
    if (!media.kind().equals(MediaKind.IMAGE)) {
      return null;
    }
    String url =
        switch (media.source()) {
          case MediaSource.Inline inline -> DataUrl.format(media.mimeType(), inline);
          case MediaSource.Url(String address) -> address;
          case MediaSource.ProviderFile _, MediaSource.Other _ -> null;
        };
    return url == null
        ? null
        : Json.of("{\"type\":\"image_url\",\"image_url\":{\"url\":" + JsonWriter.quote(url) + "}}");
  }

  /** Joins the log probabilities of all pieces of a text: an array of objects with arrays. */
  static @Nullable Json logprobs(Json pieces) throws MalformedJson {
    Map<String, StringBuilder> lists = new java.util.LinkedHashMap<>();
    // They were collected within bounds: a long answer has many.
    JsonReader reader = JsonReader.of(pieces).atMost(Integer.MAX_VALUE);
    reader.beginArray();
    while (reader.nextElement()) {
      if (reader.peek() != JsonKind.OBJECT) {
        continue;
      }
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        if (reader.peek() != JsonKind.ARRAY) {
          continue;
        }
        StringBuilder list = lists.computeIfAbsent(name, _ -> new StringBuilder());
        reader.beginArray();
        while (reader.nextElement()) {
          list.append(list.isEmpty() ? "" : ",").append(reader.raw().text());
        }
      }
    }
    if (lists.isEmpty()) {
      return null;
    }
    StringBuilder joined = new StringBuilder("{");
    for (String name : List.of("content", "refusal")) {
      StringBuilder list = lists.get(name);
      joined.append(joined.length() > 1 ? "," : "").append('"').append(name).append("\":");
      joined.append(list == null ? "null" : "[" + list + "]");
    }
    return Json.of(joined.append('}').toString());
  }
}
