package lip.backend.openai.legacy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Annotation;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Part;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonWriter;
import lip.support.openai.chat.DataUrl;
import lip.support.provider.ForeignFields;
import org.jspecify.annotations.Nullable;

/** Writes content: one plain text as a string, everything else as an array of parts. */
final class PartEncoder {
  static final String NO_MARKERS = "chat completions have no cache markers";

  private final JsonWriter out;
  private final boolean sameDialect;
  private final Profile profile;
  private final Fidelity lost;
  private final boolean arrays;

  /**
   * @param arrays whether a text alone is an array, too: a call with cache markers says the same
   *     text with a marker in one turn and without in the next, and must look the same
   */
  PartEncoder(JsonWriter out, boolean sameDialect, Profile profile, boolean arrays, Fidelity lost) {
    this.arrays = arrays;
    this.out = out;
    this.sameDialect = sameDialect;
    this.profile = profile;
    this.lost = lost;
  }

  void content(List<Part> parts) {
    if (parts.isEmpty()) {
      out.value("");
      return;
    }
    if (!arrays
        && parts.size() == 1
        && parts.getFirst() instanceof Part.Text(var text, var notes, _, var meta)
        && meta.extensions().of(Dialect.OPENAI_CHAT).isEmpty()
        && (meta.cache() == null || !keepsMarkers())) {
      notes(notes);
      marker(meta);
      out.value(text);
      return;
    }
    if (profile.textContent() && parts.stream().allMatch(Part.Text.class::isInstance)) {
      joined(parts);
      return;
    }
    out.beginArray();
    parts.forEach(this::part);
    out.endArray();
  }

  private void joined(List<Part> parts) {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        if (!all.isEmpty() && !text.string().isEmpty()) {
          all.append("\n\n");
        }
        all.append(text.text());
        notes(text.annotations());
        if (text.meta().cache() != null) {
          lost.lost("cache_control", NO_MARKERS);
        }
        ForeignFields.lost(lost, text.meta().extensions(), Dialect.OPENAI_CHAT, "content.");
        fields(text.meta())
            .keySet()
            .forEach(name -> lost.lost("content." + name, "the server takes plain text only"));
      }
    }
    out.value(all.toString());
  }

  private boolean keepsMarkers() {
    return sameDialect || profile.cacheMarkers();
  }

  private void part(Part part) {
    switch (part) {
      case Part.Text text -> {
        notes(text.annotations());
        begin("text").name("text").value(text.string());
        end(text.meta(), "");
      }
      case Part.Refusal refusal -> {
        begin("refusal").name("refusal").value(refusal.text());
        end(refusal.meta(), "");
      }
      case Part.Media media -> media(media);
      case Part.Opaque opaque -> {
        if (opaque.dialect().equals(Dialect.OPENAI_CHAT)) {
          out.raw(opaque.raw());
        } else {
          lost.lost("content." + opaque.type(), ForeignFields.REASON);
        }
      }
      case Part.Reasoning _, Part.ToolCall _, Part.ToolResult _ ->
          lost.lost("content", "a part that belongs to another role");
      case Part.Other other -> lost.lost("content." + other.type(), "it has no form here");
    }
  }

  private void media(Part.Media media) {
    boolean known =
        media.kind().equals(MediaKind.IMAGE)
            ? image(media)
            : media.kind().equals(MediaKind.AUDIO)
                ? audio(media)
                : media.kind().equals(MediaKind.DOCUMENT) && document(media);
    if (!known) {
      lost.lost("content." + media.kind().id(), "it has no form here by " + how(media.source()));
    } else if (media.title() != null) {
      lost.lost("document.title", "files have a name only here");
    }
    if (known && media.context() != null) {
      lost.lost("document.context", "files have a name only here");
    }
  }

  private boolean image(Part.Media media) {
    String url =
        switch (media.source()) {
          case MediaSource.Inline inline -> DataUrl.format(media.mimeType(), inline);
          case MediaSource.Url(String address) -> profile.imageUrls() ? address : null;
          case MediaSource.ProviderFile _, MediaSource.Other _ -> null;
        };
    if (url == null) {
      return false;
    }
    begin("image_url").name("image_url").beginObject().name("url").value(url);
    if (media.detail() != null) {
      out.name("detail").value(media.detail());
    }
    inner(media.meta(), "image_url.");
    out.endObject();
    end(media.meta(), "image_url.");
    return true;
  }

  private boolean audio(Part.Media media) {
    if (!(media.source() instanceof MediaSource.Inline(String data))) {
      return false;
    }
    begin("input_audio").name("input_audio").beginObject().name("data").value(data);
    String format = format(media.mimeType());
    if (format != null) {
      out.name("format").value(format);
    }
    inner(media.meta(), "input_audio.");
    out.endObject();
    end(media.meta(), "input_audio.");
    return true;
  }

  private static @Nullable String format(@Nullable String mimeType) {
    if (mimeType == null) {
      return null;
    }
    String type = mimeType.toLowerCase(Locale.ROOT);
    return switch (type) {
      case "audio/mpeg", "audio/mp3" -> "mp3";
      case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
      default -> type.startsWith("audio/") ? type.substring("audio/".length()) : type;
    };
  }

  private boolean document(Part.Media media) {
    String member;
    String value;
    switch (media.source()) {
      case MediaSource.Inline inline -> {
        member = "file_data";
        value =
            media.mimeType() == null ? inline.base64() : DataUrl.format(media.mimeType(), inline);
      }
      case MediaSource.ProviderFile(Dialect dialect, String id)
          when dialect.equals(Dialect.OPENAI_CHAT) || dialect.equals(Dialect.OPENAI_RESPONSES) -> {
        member = "file_id";
        value = id;
      }
      case MediaSource.Url(String url) when sameDialect -> {
        member = "file_data";
        value = url;
      }
      case MediaSource.Url _, MediaSource.ProviderFile _, MediaSource.Other _ -> {
        return false;
      }
    }
    begin("file").name("file").beginObject();
    String name = media.name();
    if (name == null && !sameDialect && member.equals("file_data")) {
      // OpenAI wants a name with the bytes.
      name = "application/pdf".equals(media.mimeType()) ? "document.pdf" : "document";
      lost.mapped("document.name", name, "a file without a name is refused");
    }
    if (name != null) {
      out.name("filename").value(name);
    }
    out.name(member).value(value);
    inner(media.meta(), "file.");
    out.endObject();
    end(media.meta(), "file.");
    return true;
  }

  private JsonWriter begin(String type) {
    return out.beginObject().name("type").value(type);
  }

  private void end(Meta meta, String prefix) {
    marker(meta);
    if (keepsMarkers()) {
      MessageEncoder.cacheControl(out, meta);
    }
    fields(meta)
        .forEach((name, value) -> {
          boolean inner = !prefix.isEmpty() && name.startsWith(prefix);
          if (!inner && !name.startsWith(MessageEncoder.MARKER)) {
            out.name(name).raw(value);
          }
        });
    out.endObject();
  }

  private void inner(Meta meta, String prefix) {
    fields(meta)
        .forEach((name, value) -> {
          if (name.startsWith(prefix)) {
            out.name(name.substring(prefix.length())).raw(value);
          }
        });
  }

  private void marker(Meta meta) {
    if (meta.cache() != null && !keepsMarkers()) {
      lost.lost("cache_control", NO_MARKERS);
    }
    ForeignFields.lost(lost, meta.extensions(), Dialect.OPENAI_CHAT, "content.");
  }

  private void notes(List<Annotation> notes) {
    if (!notes.isEmpty()) {
      lost.lost("text.citations", "texts of the history have none here");
    }
  }

  private static Map<String, Json> fields(Meta meta) {
    return meta.extensions().of(Dialect.OPENAI_CHAT);
  }

  private static String how(MediaSource source) {
    return switch (source) {
      case MediaSource.Inline _ -> "its bytes";
      case MediaSource.Url _ -> "address";
      case MediaSource.ProviderFile _ -> "file id";
      case MediaSource.Other other -> other.type();
    };
  }
}
