package lip.testing.system.parity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import lip.testing.emulator.JsonText;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/** What becomes of a field on its way to one destination. */
sealed interface Verdict {
  /** The same value at the same place. */
  record Kept() implements Verdict {}

  /**
   * Said in another way.
   *
   * @param pointer place
   * @param value value there; null = the same one
   */
  record Mapped(String pointer, @Nullable JsonValue value) implements Verdict {}

  /** Not said; the rest is as it would be without the field. */
  record Lost() implements Verdict {}

  /**
   * Not said, as the whole object that holds it.
   *
   * @param pointer that object, or several with the last one first; empty = the one of the row
   */
  record Gone(String pointer) implements Verdict {}

  /**
   * The request is refused.
   *
   * @param word what the error names; empty = the field
   */
  record Refused(String word) implements Verdict {}

  /** There is always one, made by the proxy. */
  record Ours() implements Verdict {}

  /** Reads the notation of the tables. */
  static Verdict of(String text) {
    if (text.startsWith("/")) {
      int space = text.indexOf(' ');
      return space < 0
          ? new Mapped(text, null)
          : new Mapped(text.substring(0, space), json(text.substring(space + 1)));
    }
    if (text.startsWith("gone")) {
      return new Gone(text.substring("gone".length()).strip());
    }
    if (text.startsWith("refused")) {
      return new Refused(text.substring("refused".length()).strip());
    }
    return switch (text) {
      case "kept" -> new Kept();
      case "lost" -> new Lost();
      case "ours" -> new Ours();
      default -> throw new IllegalArgumentException("no verdict: " + text);
    };
  }

  /** Whether something of it arrives. */
  default boolean arrives() {
    return this instanceof Kept || this instanceof Mapped;
  }

  /** For readers. */
  default String words() {
    return switch (this) {
      case Kept _ -> "kept";
      case Mapped(String pointer, JsonValue value) ->
          "`" + pointer + "`" + (value == null ? "" : ": `" + value + "`");
      case Lost _ -> "not said";
      case Gone _ -> "not said, with the object";
      case Refused _ -> "refused";
      case Ours _ -> "the proxy's own";
    };
  }

  /** Parses a text of the tables. */
  static JsonValue json(String text) {
    try {
      return JsonText.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
    }
  }
}
