package lip.frontend.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import lip.api.Dialect;
import lip.api.Meta;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Part;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import org.jspecify.annotations.Nullable;

/** The {@code source} of an image or a document. */
final class MediaDecoder {
  private final JsonReader.Place place;
  private @Nullable String type;
  private @Nullable String mediaType;
  private @Nullable String data;
  private @Nullable String url;
  private @Nullable String fileId;

  private MediaDecoder(JsonReader.Place place) {
    this.place = place;
  }

  /** Reads the object that comes next; members that are not known go to the outer ones. */
  static MediaDecoder read(JsonReader reader, Members outer) throws MalformedJson {
    MediaDecoder source = new MediaDecoder(reader.here());
    Members members = new Members(reader, Dialect.ANTHROPIC);
    for (String name; (name = members.next()) != null; ) {
      if (reader.peek() != JsonKind.STRING) {
        outer.put("source." + name, reader.raw());
        continue;
      }
      switch (name) {
        case "type" -> source.type = reader.string();
        case "media_type" -> source.mediaType = reader.string();
        case "data" -> source.data = reader.string();
        case "url" -> source.url = reader.string();
        case "file_id" -> source.fileId = reader.string();
        default -> outer.put("source." + name, reader.raw());
      }
    }
    if (source.type == null) {
      throw source.place.failure("type", "is needed");
    }
    return source;
  }

  /** The part; null = a source that has no place in the model. */
  Part.@Nullable Media media(
      MediaKind kind, @Nullable String title, @Nullable String context, Meta meta)
      throws MalformedJson {
    MediaSource source =
        switch (String.valueOf(type)) {
          case "base64" -> new MediaSource.Inline(need(data, "data"));
          case "text" ->
              new MediaSource.Inline(
                  Base64.getEncoder()
                      .encodeToString(need(data, "data").getBytes(StandardCharsets.UTF_8)));
          case "url" -> new MediaSource.Url(need(url, "url"));
          case "file" -> new MediaSource.ProviderFile(Dialect.ANTHROPIC, need(fileId, "file_id"));
          default -> null;
        };
    if (source == null) {
      return null;
    }
    String mime = "text".equals(type) && mediaType == null ? "text/plain" : mediaType;
    return new Part.Media(kind, source, mime, null, null, title, context, meta);
  }

  private String need(@Nullable String value, String member) throws MalformedJson {
    if (value == null) {
      throw place.failure(member, "is needed");
    }
    return value;
  }
}
