package lip.frontend.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.CacheMarker;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.JsonString;
import lip.api.Meta;
import lip.api.message.Annotation;
import lip.api.message.MediaKind;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.support.anthropic.messages.Citations;
import lip.support.anthropic.messages.Flattened;
import lip.support.envelope.ReasoningEnvelope;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import lip.support.json.Scalars;
import org.jspecify.annotations.Nullable;

/** Reads content blocks. */
final class BlockDecoder {
  /** Claude Code's first system block; it means something to its vendor only. */
  private static final String BILLING = "x-anthropic-billing-header:";

  private final JsonReader.Place place;
  private final boolean system;
  private final JsonReader reader;
  private @Nullable String type;
  private @Nullable JsonString text;
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable String title;
  private @Nullable String context;
  private @Nullable String thinking;
  private @Nullable String signature;
  private @Nullable Json data;
  private @Nullable Json input;
  private @Nullable List<Part> content;
  private @Nullable MediaDecoder source;
  private @Nullable CacheMarker cache;
  private List<Annotation> citations = List.of();
  private boolean error;

  private BlockDecoder(JsonReader reader, boolean system) throws MalformedJson {
    this.reader = reader;
    this.system = system;
    place = reader.here();
  }

  /**
   * Reads an array of blocks.
   *
   * @param system whether it is the system prompt
   */
  static List<Part> blocks(JsonReader reader, boolean system) throws MalformedJson {
    List<Part> parts = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      if (reader.peek() == JsonKind.STRING) {
        parts.add(Part.Text.of(reader.text()));
        continue;
      }
      BlockDecoder decoder = new BlockDecoder(reader, system);
      try {
        parts.add(decoder.block());
      } catch (InvalidCall e) {
        throw at(decoder.place.path(), e);
      }
    }
    return parts;
  }

  /** A rule of the model that is broken at a place. */
  static MalformedJson at(String path, InvalidCall e) {
    String message = String.valueOf(e.getMessage());
    String problem = message.substring(Math.min(message.length(), e.field().length() + 2));
    return new MalformedJson(path + "." + e.field(), problem, 0);
  }

  private Part block() throws MalformedJson {
    if (reader.peek() != JsonKind.OBJECT) {
      throw reader.failure("an object is needed");
    }
    Members members = new Members(reader, Dialect.ANTHROPIC);
    for (String member; (member = members.next()) != null; ) {
      if (!reader.takeNull()) {
        member(member, members);
      }
    }
    if (type == null) {
      throw place.failure("type", "is needed");
    }
    return part(type, new Meta(cache, members.extensions()));
  }

  private void member(String member, Members members) throws MalformedJson {
    JsonKind kind = reader.peek();
    boolean string = kind == JsonKind.STRING;
    switch (member) {
      case "type" -> type = reader.string();
      case "text" -> text = reader.text();
      case "id", "tool_use_id" -> id = reader.string();
      case "name" -> name = string ? reader.string() : null;
      case "thinking" -> thinking = reader.string();
      case "signature" -> signature = reader.string();
      case "data" -> data = reader.raw();
      case "input" -> input = reader.raw();
      case "is_error" -> error = reader.bool();
      case "title" -> title = string ? reader.string() : null;
      case "context" -> context = string ? reader.string() : null;
      case "content" -> content = content(kind);
      case "source" -> {
        if (kind == JsonKind.OBJECT) {
          source = MediaDecoder.read(reader, members);
        }
      }
      case "cache_control" -> cache = cacheControl(reader, members);
      case "citations" -> {
        if (kind == JsonKind.ARRAY) {
          citations = citations(reader);
        } else {
          members.keep(member);
        }
      }
      default -> members.keep(member);
    }
  }

  private @Nullable List<Part> content(JsonKind kind) throws MalformedJson {
    if (kind == JsonKind.STRING) {
      JsonString said = reader.text();
      return said.isEmpty() ? List.of() : List.of(Part.Text.of(said));
    }
    // Objects are contents of server tools: those blocks are kept whole.
    return kind == JsonKind.ARRAY ? blocks(reader, false) : null;
  }

  private Part part(String word, Meta meta) throws MalformedJson {
    return switch (word) {
      case "text" -> {
        if (text == null) {
          throw place.failure("text", "is needed");
        }
        yield system && text.startsWith(BILLING)
            ? new Part.Opaque(Dialect.ANTHROPIC, "billing_header", place.text(), Meta.NONE)
            : new Part.Text(text, citations, null, meta);
      }
      case "image" -> media(MediaKind.IMAGE, word, meta);
      case "document" -> media(MediaKind.DOCUMENT, word, meta);
      case "search_result" -> {
        Part.Text flat = Flattened.of(place.text(), new Meta(cache, meta.extensions()));
        yield flat == null ? opaque(word) : flat;
      }
      case "tool_use" ->
          new Part.ToolCall(
              need(id, "id"),
              ToolKind.FUNCTION,
              need(name, "name"),
              input == null ? "{}" : arguments(input),
              Map.of(),
              null,
              meta);
      case "tool_result" ->
          new Part.ToolResult(
              need(id, "tool_use_id"), null, content == null ? List.of() : content, error, meta);
      case "thinking" -> thought(meta);
      case "redacted_thinking" -> redacted(meta);
      default -> opaque(word);
    };
  }

  private String arguments(Json input) throws MalformedJson {
    if (Scalars.kind(input) != JsonKind.OBJECT) {
      throw place.failure("input", "an object is needed");
    }
    return input.text();
  }

  private Part media(MediaKind kind, String word, Meta meta) throws MalformedJson {
    if (source == null) {
      throw place.failure("source", "is needed");
    }
    Part.Media media = source.media(kind, title, context, meta);
    if (media != null) {
      return media;
    }
    // Made of blocks, or by a way that is younger than this.
    Part.Text flat = Flattened.of(place.text(), meta);
    return flat == null ? opaque(word) : flat;
  }

  private Part thought(Meta meta) {
    String said = thinking == null ? "" : thinking;
    if (signature != null) {
      Part.Reasoning foreign = ReasoningEnvelope.open(signature, said, meta);
      if (foreign != null) {
        return foreign;
      }
    }
    return new Part.Reasoning(Dialect.ANTHROPIC, said, List.of(), signature, null, null, meta);
  }

  private Part redacted(Meta meta) throws MalformedJson {
    String text = data == null ? null : Scalars.text(data);
    if (text == null) {
      throw place.failure("data", "a string is needed");
    }
    Part.Reasoning foreign = ReasoningEnvelope.open(text, "", meta);
    return foreign != null
        ? foreign
        : new Part.Reasoning(Dialect.ANTHROPIC, "", List.of(), null, data, null, meta);
  }

  private Part opaque(String word) {
    return new Part.Opaque(Dialect.ANTHROPIC, word, place.text(), Meta.NONE);
  }

  private String need(@Nullable String value, String member) throws MalformedJson {
    if (value == null || value.isEmpty()) {
      throw place.failure(member, "is needed");
    }
    return value;
  }

  /** The marker that comes next; members that are not known go to the outer ones. */
  static CacheMarker cacheControl(JsonReader reader, Members outer) throws MalformedJson {
    if (reader.peek() != JsonKind.OBJECT) {
      throw reader.failure("an object is needed");
    }
    String kind = "ephemeral";
    String ttl = null;
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "type" -> kind = reader.string();
        case "ttl" -> ttl = reader.stringOrNull();
        default -> outer.put("cache_control." + name, reader.raw());
      }
    }
    return new CacheMarker(kind, ttl);
  }

  private static List<Annotation> citations(JsonReader reader) throws MalformedJson {
    List<Annotation> list = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      if (reader.peek() != JsonKind.OBJECT) {
        throw reader.failure("an object is needed");
      }
      list.add(Citations.read(reader.raw()));
    }
    return list;
  }
}
