package lip.support.anthropic.messages;

import lip.api.Dialect;
import lip.api.Json;
import lip.api.message.Annotation;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;

/** Citations in both directions. */
public final class Citations {
  private Citations() {}

  /** The annotation of a citation object, in bytes of its own. */
  public static Annotation read(Json raw) throws MalformedJson {
    byte[] own = raw.toBytes();
    String type = "citation";
    String url = null;
    String title = null;
    String quote = null;
    JsonReader reader = JsonReader.of(own);
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      if (reader.peek() != JsonKind.STRING) {
        continue;
      }
      switch (name) {
        case "type" -> type = reader.string();
        case "url", "source" -> url = reader.string();
        case "title", "document_title" -> title = reader.string();
        case "cited_text" -> quote = reader.string();
        default -> {}
      }
    }
    String canonical =
        switch (type) {
          case "web_search_result_location" -> "url_citation";
          case "char_location", "page_location", "content_block_location" -> "document_citation";
          default -> type;
        };
    // The ranges of this dialect are places in the source, not in the answer.
    Json kept = Json.slice(own, 0, own.length);
    return new Annotation(canonical, url, title, quote, -1, -1, Dialect.ANTHROPIC, kept);
  }

  /** Writes it: as received when it is of this dialect, else as a found page. */
  public static void write(JsonWriter out, Annotation annotation) {
    if (annotation.dialect().equals(Dialect.ANTHROPIC)) {
      out.raw(annotation.raw());
      return;
    }
    out.beginObject().name("type").value("web_search_result_location");
    out.name("url").value(annotation.url() == null ? "" : annotation.url());
    out.name("title").value(annotation.title());
    out.name("cited_text").value(annotation.quote() == null ? "" : annotation.quote());
    out.name("encrypted_index").value("").endObject();
  }
}
