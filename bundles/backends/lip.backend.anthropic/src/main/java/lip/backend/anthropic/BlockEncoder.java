package lip.backend.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lip.api.CacheMarker;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Annotation;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.sdk.fidelity.Fidelity;
import lip.support.anthropic.messages.Citations;
import lip.support.anthropic.messages.Flattened;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.ObjectText;
import lip.support.json.Splice;
import lip.support.provider.ForeignFields;
import org.jspecify.annotations.Nullable;

/** Writes content blocks. */
final class BlockEncoder {
  private static final String CONTENT = "content.";
  private static final String MARKER = "cache_control.";

  private final JsonWriter out;
  private final Markers markers;
  private final Fidelity fidelity;

  BlockEncoder(JsonWriter out, Markers markers, Fidelity fidelity) {
    this.out = out;
    this.markers = markers;
    this.fidelity = fidelity;
  }

  /** The parts as an array of blocks. */
  void content(List<Part> parts) {
    out.beginArray();
    parts.forEach(this::block);
    out.endArray();
  }

  /** Marker and unknown members of an object that is open. */
  void rest(String where, Meta meta, String... but) {
    ForeignFields.lost(fidelity, meta.extensions(), Dialect.ANTHROPIC, where);
    CacheMarker marker = markers.marker(meta);
    if (marker != null) {
      out.name("cache_control").beginObject().name("type").value(marker.type());
      if (marker.ttl() != null) {
        out.name("ttl").value(marker.ttl());
      }
      fields(meta)
          .forEach((name, value) -> {
            if (name.startsWith(MARKER)) {
              out.name(name.substring(MARKER.length())).raw(value);
            }
          });
      out.endObject();
    }
    if (meta.extensions().isEmpty()) {
      return;
    }
    fields(meta)
        .forEach((name, value) -> {
          if (!List.of(but).contains(name)
              && !name.startsWith("source.")
              && !name.startsWith(MARKER)) {
            out.name(name).raw(value);
          }
        });
  }

  private void block(Part part) {
    switch (part) {
      case Part.Text text -> text(text);
      case Part.Media media -> media(media);
      case Part.ToolCall call -> call(call);
      case Part.ToolResult result -> result(result);
      case Part.Reasoning reasoning -> reasoning(reasoning);
      case Part.Refusal refusal -> {
        begin("text").name("text").value(refusal.text());
        end(refusal.meta());
      }
      case Part.Opaque opaque -> {
        if (opaque.dialect().equals(Dialect.ANTHROPIC)) {
          out.raw(opaque.raw());
        } else {
          fidelity.lost("content." + opaque.type(), ForeignFields.REASON);
        }
      }
      case Part.Other other -> fidelity.lost("content." + other.type(), "it has no form here");
    }
  }

  private void text(Part.Text text) {
    Json original = Flattened.original(text);
    if (original != null) {
      out.raw(original);
      return;
    }
    begin("text").name("text").value(text.string());
    if (!text.annotations().isEmpty()) {
      citations(text.annotations());
    }
    rest(CONTENT, text.meta(), Flattened.KEY);
    out.endObject();
  }

  private void citations(List<Annotation> all) {
    List<Annotation> ours =
        all.stream().filter(a -> a.dialect().equals(Dialect.ANTHROPIC)).toList();
    if (!ours.isEmpty()) {
      out.name("citations").beginArray();
      ours.forEach(a -> Citations.write(out, a));
      out.endArray();
    }
    if (ours.size() < all.size()) {
      fidelity.lost("text.citations", "those of other providers prove nothing here");
    }
  }

  private void media(Part.Media media) {
    boolean image = media.kind().equals(MediaKind.IMAGE);
    if (!image && !media.kind().equals(MediaKind.DOCUMENT)) {
      fidelity.lost("content." + media.kind().id(), "it has no form here");
      return;
    }
    switch (media.source()) {
      case MediaSource.Inline inline -> {
        begin(image ? "image" : "document").name("source").beginObject();
        inline(media, inline, image);
      }
      case MediaSource.Url(String url) -> {
        begin(image ? "image" : "document").name("source").beginObject();
        out.name("type").value("url").name("url").value(url);
      }
      case MediaSource.ProviderFile(Dialect dialect, String id)
          when dialect.equals(Dialect.ANTHROPIC) -> {
        begin(image ? "image" : "document").name("source").beginObject();
        out.name("type").value("file").name("file_id").value(id);
      }
      case MediaSource.ProviderFile _, MediaSource.Other _ -> {
        fidelity.lost("content." + media.kind().id(), "its file is at another provider");
        return;
      }
    }
    fields(media.meta())
        .forEach((name, value) -> {
          if (name.startsWith("source.")) {
            out.name(name.substring("source.".length())).raw(value);
          }
        });
    out.endObject();
    String title = media.title() == null && !image ? media.name() : media.title();
    if (title != null) {
      out.name("title").value(title);
    }
    if (media.context() != null) {
      out.name("context").value(media.context());
    }
    if (media.detail() != null && !media.detail().equals("auto")) {
      fidelity.lost("image.detail", "there is no such field");
    }
    end(media.meta());
  }

  private void inline(Part.Media media, MediaSource.Inline inline, boolean image) {
    String mime = media.mimeType() == null ? guess(inline.base64(), image) : type(media.mimeType());
    if (!image && mime.startsWith("text/")) {
      out.name("type").value("text").name("media_type").value("text/plain");
      out.name("data").value(new String(inline.decode(), StandardCharsets.UTF_8));
    } else {
      out.name("type").value("base64").name("media_type").value(mime);
      out.name("data").value(inline.base64());
    }
  }

  /** Without parameters; one common misnomer is put right. */
  private static String type(String mime) {
    int parameters = mime.indexOf(';');
    String type = (parameters < 0 ? mime : mime.substring(0, parameters)).strip();
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.equals("image/jpg") ? "image/jpeg" : lower;
  }

  private static String guess(String base64, boolean image) {
    if (!image) {
      return "application/pdf";
    }
    return base64.startsWith("/9j/")
        ? "image/jpeg"
        : base64.startsWith("R0lG")
            ? "image/gif"
            : base64.startsWith("UklG") ? "image/webp" : "image/png";
  }

  private void call(Part.ToolCall call) {
    String id = ToolNames.id(call.id());
    if (!id.equals(call.id())) {
      fidelity.mapped("tool_call.id", id, "ids have other rules here");
    }
    begin("tool_use").name("id").value(id);
    out.name("name").value(ToolNames.name(call.name())).name("input");
    input(call);
    if (call.signature() != null) {
      fidelity.lost("tool_call.signature", "it belongs to another provider");
    }
    end(call.meta());
  }

  private void input(Part.ToolCall call) {
    String arguments = call.arguments();
    if (call.kind().equals(ToolKind.CUSTOM)) {
      out.beginObject().name("input").value(arguments).endObject();
      return;
    }
    if (arguments.isBlank()) {
      out.beginObject().endObject();
      return;
    }
    Json object = ObjectText.of(arguments);
    if (object != null) {
      out.raw(object);
    } else {
      fidelity.mapped("tool_call.arguments", "an object around them", "they are no JSON object");
      out.beginObject().name("arguments").value(arguments).endObject();
    }
  }

  private void result(Part.ToolResult result) {
    begin("tool_result").name("tool_use_id").value(ToolNames.id(result.callId()));
    // Always an array: a text alone would look different in the turn that has a cache marker on it.
    if (!result.content().isEmpty()) {
      out.name("content");
      content(result.content());
    }
    if (result.error()) {
      out.name("is_error").value(true);
    }
    end(result.meta());
  }

  private void reasoning(Part.Reasoning reasoning) {
    if (reasoning.opaque() != null) {
      begin("redacted_thinking").name("data").raw(reasoning.opaque());
    } else {
      begin("thinking").name("thinking").value(reasoning.text());
      out.name("signature").value(reasoning.signature());
    }
    end(reasoning.meta());
  }

  private JsonWriter begin(String type) {
    return out.beginObject().name("type").value(type);
  }

  private void end(Meta meta) {
    rest(CONTENT, meta);
    out.endObject();
  }

  private static Map<String, Json> fields(Meta meta) {
    return meta.extensions().of(Dialect.ANTHROPIC);
  }

  /** A schema as the provider wants it: an object that says so. */
  static Json schema(@Nullable Json schema) {
    if (schema == null) {
      return Json.of("{\"type\":\"object\",\"properties\":{}}");
    }
    try {
      if (ObjectText.beginsWith(schema, "type") || saysType(schema)) {
        return schema;
      }
      byte[] typed = Splice.of(schema.toBytes()).set("type", Json.of("\"object\"")).toBytes();
      return Json.slice(typed, 0, typed.length);
    } catch (MalformedJson _) {
      // Not an object: the provider says so better than we could.
      return schema;
    }
  }

  private static boolean saysType(Json schema) throws MalformedJson {
    JsonReader reader = JsonReader.of(schema);
    reader.beginObject();
    String name = reader.nextMember();
    while (name != null && !name.equals("type")) {
      name = reader.nextMember();
    }
    return name != null;
  }
}
