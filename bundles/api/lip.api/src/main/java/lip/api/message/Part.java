package lip.api.message;

import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.JsonString;
import lip.api.Limits;
import lip.api.Meta;
import lip.api.tool.ToolKind;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a message. The list of cases is closed; what is added later implements {@link
 * Other}, so a switch over a part handles {@code Other} and stays complete.
 */
public sealed interface Part {
  /** Cache marker and unknown fields. */
  Meta meta();

  /**
   * Text.
   *
   * @param string may be empty
   * @param annotations citations on the text
   * @param logprobs token probabilities as received; null = none
   * @param meta see {@link Part#meta()}
   */
  record Text(JsonString string, List<Annotation> annotations, @Nullable Json logprobs, Meta meta)
      implements Part {
    /** Checks and copies. */
    public Text {
      InvalidCall.checkLength("text", string, Limits.TEXT);
      annotations = List.copyOf(annotations);
    }

    /** Text with all that belongs to it. */
    public Text(String text, List<Annotation> annotations, @Nullable Json logprobs, Meta meta) {
      this(JsonString.of(text), annotations, logprobs, meta);
    }

    /** Plain text. */
    public static Text of(String text) {
      return of(JsonString.of(text));
    }

    /** Plain text. */
    public static Text of(JsonString string) {
      return new Text(string, List.of(), null, Meta.NONE);
    }

    /** The characters. */
    public String text() {
      return string.text();
    }
  }

  /**
   * Picture, document, sound or film.
   *
   * @param kind sort
   * @param source where the bytes are
   * @param mimeType null = not given
   * @param name file name; null = not given
   * @param detail resolution wish ({@code low}, {@code high}, {@code auto}); null = not given
   * @param title document title; null = not given
   * @param context document context; null = not given
   * @param meta see {@link Part#meta()}
   */
  record Media(
      MediaKind kind,
      MediaSource source,
      @Nullable String mimeType,
      @Nullable String name,
      @Nullable String detail,
      @Nullable String title,
      @Nullable String context,
      Meta meta)
      implements Part {
    /** Media with nothing but its type. */
    public static Media of(MediaKind kind, MediaSource source, @Nullable String mimeType) {
      return new Media(kind, source, mimeType, null, null, null, null, Meta.NONE);
    }
  }

  /**
   * The model asks for a tool.
   *
   * @param id the stable correlation id: a result names it
   * @param kind function or custom (free text)
   * @param name tool
   * @param arguments exactly the text the model wrote: usually JSON, not checked, may be broken
   * @param nativeIds further ids by name ({@code item}, {@code namespace}), for the dialect that
   *     gave them
   * @param signature opaque reasoning signature bound to this call; null = none
   * @param meta see {@link Part#meta()}
   */
  record ToolCall(
      String id,
      ToolKind kind,
      String name,
      String arguments,
      Map<String, String> nativeIds,
      @Nullable String signature,
      Meta meta)
      implements Part {
    /** Checks and copies. */
    public ToolCall {
      InvalidCall.checkLength("id", id, Limits.REFERENCE);
      InvalidCall.checkLength("name", name, Limits.REFERENCE);
      InvalidCall.checkLength("arguments", arguments, Limits.JSON);
      nativeIds = Map.copyOf(nativeIds);
    }

    /** A function call. */
    public static ToolCall of(String id, String name, String arguments) {
      return new ToolCall(id, ToolKind.FUNCTION, name, arguments, Map.of(), null, Meta.NONE);
    }
  }

  /**
   * What a tool answered.
   *
   * @param callId correlation id of the call
   * @param name tool; null = the client did not repeat it
   * @param content text, media or opaque parts
   * @param error whether the tool failed
   * @param meta see {@link Part#meta()}
   */
  record ToolResult(
      String callId, @Nullable String name, List<Part> content, boolean error, Meta meta)
      implements Part {
    /** Checks and copies. */
    public ToolResult {
      InvalidCall.checkLength("tool_call_id", callId, Limits.REFERENCE);
      content = List.copyOf(content);
      InvalidCall.checkCount("content", content.size(), Limits.PARTS);
    }

    /** A text result. */
    public static ToolResult of(String callId, String text) {
      return new ToolResult(callId, null, List.of(Text.of(text)), false, Meta.NONE);
    }
  }

  /**
   * Reasoning of the model. The opaque pieces go back unchanged to the dialect that made them, and
   * nowhere else.
   *
   * @param dialect who made it
   * @param text visible reasoning; empty = hidden
   * @param summary visible summary, in pieces
   * @param signature proof over the text; null = none
   * @param opaque encrypted or redacted payload as received; null = none
   * @param itemId the provider's id; null = none
   * @param meta see {@link Part#meta()}
   */
  record Reasoning(
      Dialect dialect,
      String text,
      List<String> summary,
      @Nullable String signature,
      @Nullable Json opaque,
      @Nullable String itemId,
      Meta meta)
      implements Part {
    /** Checks and copies. */
    public Reasoning {
      InvalidCall.checkLength("reasoning", text, Limits.TEXT);
      summary = List.copyOf(summary);
    }

    /** Visible reasoning only. */
    public static Reasoning of(Dialect dialect, String text) {
      return new Reasoning(dialect, text, List.of(), null, null, null, Meta.NONE);
    }
  }

  /**
   * The model declines.
   *
   * @param text what it says
   * @param meta see {@link Part#meta()}
   */
  record Refusal(String text, Meta meta) implements Part {
    /** Checks. */
    public Refusal {
      InvalidCall.checkLength("refusal", text, Limits.TEXT);
    }
  }

  /**
   * A part that the canonical model has no word for, kept as received for the same dialect.
   *
   * @param dialect whose part it is
   * @param type the dialect's name for it
   * @param raw the whole wire object
   * @param meta see {@link Part#meta()}
   */
  record Opaque(Dialect dialect, String type, Json raw, Meta meta) implements Part {
    /** Checks. */
    public Opaque {
      if (raw.length() > Limits.INLINE_MEDIA) {
        throw new InvalidCall(
            type, raw.length() + " bytes, at most " + Limits.INLINE_MEDIA + " are allowed");
      }
    }
  }

  /** Cases added later implement this one; plugins pass them on. */
  non-sealed interface Other extends Part {
    /** Name of the case. */
    String type();
  }
}
