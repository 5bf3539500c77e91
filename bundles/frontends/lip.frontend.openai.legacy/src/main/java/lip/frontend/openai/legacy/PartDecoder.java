package lip.frontend.openai.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lip.api.CacheMarker;
import lip.api.Dialect;
import lip.api.Extensions;
import lip.api.Json;
import lip.api.JsonString;
import lip.api.Meta;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Part;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import lip.support.openai.chat.DataUrl;
import org.jspecify.annotations.Nullable;

/** Reads {@code content}: a text or an array of parts. */
final class PartDecoder {
  private final JsonReader reader;

  PartDecoder(JsonReader reader) {
    this.reader = reader;
  }

  List<Part> content() throws MalformedJson {
    if (reader.peek() == JsonKind.STRING) {
      return List.of(Part.Text.of(reader.text()));
    }
    if (reader.peek() != JsonKind.ARRAY) {
      throw reader.failure("a string or an array of parts is needed");
    }
    List<Part> parts = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      if (reader.peek() == JsonKind.STRING) {
        parts.add(Part.Text.of(reader.text()));
        continue;
      }
      if (reader.peek() != JsonKind.OBJECT) {
        throw reader.failure("a string or an object is needed");
      }
      parts.add(new Content(reader.here()).read(reader));
    }
    return parts;
  }

  /** One part on its way. */
  private static final class Content {
    private final JsonReader.Place place;
    private @Nullable String type;
    private @Nullable JsonString text;
    private @Nullable String refusal;
    private @Nullable Link link;
    private @Nullable Sound sound;
    private @Nullable Attachment attachment;
    private @Nullable CacheMarker cache;

    private Content(JsonReader.Place place) {
      this.place = place;
    }

    private Part read(JsonReader reader) throws MalformedJson {
      Members members = new Members(reader, Dialect.OPENAI_CHAT);
      for (String member; (member = members.next()) != null; ) {
        switch (member) {
          case "type" -> type = reader.string();
          case "text" -> {
            if (reader.peek() == JsonKind.STRING) {
              text = reader.text();
            } else {
              members.keep(member);
            }
          }
          case "refusal" -> refusal = reader.stringOrNull();
          case "image_url" -> link = Link.read(reader);
          case "input_audio" -> sound = Sound.read(reader);
          case "file" -> attachment = Attachment.read(reader);
          case "cache_control" -> {
            if (reader.peek() == JsonKind.OBJECT) {
              cache = CacheControl.read(reader, members);
            } else {
              members.keep(member);
            }
          }
          default -> members.keep(member);
        }
      }
      Meta meta = new Meta(cache, members.extensions());
      if (type == null) {
        throw place.failure("type", "is needed");
      }
      return part(type, meta);
    }

    private Part part(String name, Meta meta) throws MalformedJson {
      return switch (name) {
        case "text" -> {
          if (text == null) {
            throw place.failure("text", "a string is needed");
          }
          yield new Part.Text(text, List.of(), null, meta);
        }
        case "refusal" -> new Part.Refusal(refusal == null ? "" : refusal, meta);
        case "image_url" -> need(link, "image_url").media(meta);
        case "input_audio" -> need(sound, "input_audio").media(meta);
        case "file" -> {
          Part.Media media = need(attachment, "file").media(meta);
          yield media == null ? opaque(name) : media;
        }
        default -> opaque(name);
      };
    }

    private Part opaque(String name) {
      return new Part.Opaque(Dialect.OPENAI_CHAT, name, place.text(), Meta.NONE);
    }

    private <T> T need(@Nullable T value, String member) throws MalformedJson {
      if (value == null) {
        throw place.failure(member, "is needed");
      }
      return value;
    }
  }

  /** {@code image_url}: an object with a URL, or the URL alone. */
  private record Link(String url, @Nullable String detail, Extensions more) {
    static Link read(JsonReader reader) throws MalformedJson {
      if (reader.peek() == JsonKind.STRING) {
        return new Link(reader.string(), null, Extensions.NONE);
      }
      JsonReader.Place place = reader.here();
      String url = null;
      String detail = null;
      Members members = new Members(reader, Dialect.OPENAI_CHAT);
      for (String member; (member = members.next()) != null; ) {
        switch (member) {
          case "url" -> url = reader.string();
          case "detail" -> detail = reader.stringOrNull();
          default -> members.keep(member);
        }
      }
      if (url == null) {
        throw place.failure("url", "is needed");
      }
      return new Link(url, detail, members.extensions());
    }

    Part.Media media(Meta meta) {
      DataUrl data = DataUrl.of(url);
      MediaSource source =
          data == null ? new MediaSource.Url(url) : new MediaSource.Inline(data.base64());
      return new Part.Media(
          MediaKind.IMAGE,
          source,
          data == null ? null : data.mimeType(),
          null,
          detail,
          null,
          null,
          nested(meta, "image_url.", more));
    }
  }

  private record Sound(String data, String format, Extensions more) {
    static Sound read(JsonReader reader) throws MalformedJson {
      JsonReader.Place place = reader.here();
      String data = null;
      String format = "";
      Members members = new Members(reader, Dialect.OPENAI_CHAT);
      for (String member; (member = members.next()) != null; ) {
        switch (member) {
          case "data" -> data = reader.string();
          case "format" -> format = reader.string();
          default -> members.keep(member);
        }
      }
      if (data == null) {
        throw place.failure("data", "is needed");
      }
      return new Sound(data, format, members.extensions());
    }

    Part.Media media(Meta meta) {
      String mime =
          switch (format) {
            case "" -> null;
            case "mp3" -> "audio/mpeg";
            default -> "audio/" + format.toLowerCase(Locale.ROOT);
          };
      return new Part.Media(
          MediaKind.AUDIO,
          new MediaSource.Inline(data),
          mime,
          null,
          null,
          null,
          null,
          nested(meta, "input_audio.", more));
    }
  }

  private record Attachment(
      @Nullable String data, @Nullable String id, @Nullable String name, Extensions more) {
    static Attachment read(JsonReader reader) throws MalformedJson {
      String data = null;
      String id = null;
      String name = null;
      Members members = new Members(reader, Dialect.OPENAI_CHAT);
      for (String member; (member = members.next()) != null; ) {
        switch (member) {
          case "file_data" -> data = reader.stringOrNull();
          case "file_id" -> id = reader.stringOrNull();
          case "filename" -> name = reader.stringOrNull();
          default -> members.keep(member);
        }
      }
      return new Attachment(data, id, name, members.extensions());
    }

    /** null = not exactly one of data and id. */
    Part.@Nullable Media media(Meta meta) {
      MediaSource source;
      String mime = null;
      if (data != null && id == null) {
        DataUrl url = DataUrl.of(data);
        boolean remote = data.startsWith("http://") || data.startsWith("https://");
        mime = url == null ? null : url.mimeType();
        source =
            remote
                ? new MediaSource.Url(data)
                : new MediaSource.Inline(url == null ? data : url.base64());
      } else if (id != null && data == null) {
        source = new MediaSource.ProviderFile(Dialect.OPENAI_CHAT, id);
      } else {
        return null;
      }
      return new Part.Media(
          MediaKind.DOCUMENT, source, mime, name, null, null, null, nested(meta, "file.", more));
    }
  }

  /** Unknown members of an inner object are kept under {@code inner.name}. */
  private static Meta nested(Meta meta, String prefix, Extensions inner) {
    if (inner.isEmpty()) {
      return meta;
    }
    java.util.SequencedMap<String, Json> all =
        new java.util.LinkedHashMap<>(meta.extensions().of(Dialect.OPENAI_CHAT));
    inner.of(Dialect.OPENAI_CHAT).forEach((name, value) -> all.put(prefix + name, value));
    return new Meta(meta.cache(), Extensions.of(Dialect.OPENAI_CHAT, all));
  }
}
