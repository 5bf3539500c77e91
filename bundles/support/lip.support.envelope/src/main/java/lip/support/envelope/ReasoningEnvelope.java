package lip.support.envelope;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Part;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * Packs the opaque state of a piece of reasoning. Only texts with our own mark are ever opened;
 * what is in them is data that the client could have changed, as it could have changed the
 * original.
 */
public final class ReasoningEnvelope {
  /** How our envelopes begin. */
  public static final String MARK = "lip1.";

  private ReasoningEnvelope() {}

  /** Whether a text is one of ours. */
  public static boolean is(@Nullable String text) {
    return text != null && text.startsWith(MARK);
  }

  /** The envelope of a piece of reasoning; its visible text travels beside it. */
  public static String pack(Part.Reasoning reasoning) {
    return pack(reasoning, false);
  }

  /**
   * The envelope with the visible text in it, for protocols where nothing says what belongs to it.
   */
  public static String packWhole(Part.Reasoning reasoning) {
    return pack(reasoning, true);
  }

  private static String pack(Part.Reasoning reasoning, boolean withText) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter out = new JsonWriter(bytes);
    out.beginObject().name("d").value(reasoning.dialect().id());
    if (reasoning.signature() != null) {
      out.name("s").value(reasoning.signature());
    }
    if (reasoning.itemId() != null) {
      out.name("i").value(reasoning.itemId());
    }
    if (!reasoning.summary().isEmpty()) {
      out.name("m").beginArray();
      reasoning.summary().forEach(out::value);
      out.endArray();
    }
    if (withText && !reasoning.text().isEmpty()) {
      out.name("t").value(reasoning.text());
    }
    if (reasoning.opaque() != null) {
      out.name("o").raw(reasoning.opaque());
    }
    out.endObject().flush();
    return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * Opens an envelope.
   *
   * @param text the visible text that travelled beside it, unless it is in the envelope
   * @return null when it is none of ours, or damaged
   */
  public static Part.@Nullable Reasoning open(String envelope, String text, Meta meta) {
    if (!is(envelope)) {
      return null;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(envelope.substring(MARK.length()));
      return read(JsonReader.of(bytes), text, meta);
    } catch (MalformedJson | IllegalArgumentException _) {
      // Somebody cut or changed it: it is worth nothing to the provider either.
      return null;
    }
  }

  private static Part.@Nullable Reasoning read(JsonReader reader, String text, Meta meta)
      throws MalformedJson {
    String dialect = null;
    String signature = null;
    String item = null;
    Json opaque = null;
    List<String> summary = new ArrayList<>();
    String visible = text;
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "d" -> dialect = reader.string();
        case "s" -> signature = reader.string();
        case "i" -> item = reader.string();
        case "t" -> visible = reader.string();
        case "o" -> opaque = reader.raw();
        case "m" -> {
          reader.beginArray();
          while (reader.nextElement()) {
            summary.add(reader.string());
          }
        }
        default -> {}
      }
    }
    reader.finish();
    return dialect == null
        ? null
        : new Part.Reasoning(
            new Dialect(dialect),
            summary.isEmpty() ? visible : "",
            summary,
            signature,
            opaque,
            item,
            meta);
  }
}
