package lip.api.event;

import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.failure.Failure;
import lip.api.message.Part;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, collected from its stream: what a client that does not stream gets.
 *
 * @param start first event
 * @param parts content in the order it began: text, reasoning, tool calls, refusals, media; none
 *     when the answer failed
 * @param usage last report; null = none
 * @param finish the terminal event; null when the answer failed
 * @param failure why it failed; null when it finished
 * @param extensions fields of the dialect, last value of each name
 * @param warnings warnings in order
 */
public record Collected(
    Event.ResponseStarted start,
    List<Part> parts,
    @Nullable Usage usage,
    Event.@Nullable Finished finish,
    @Nullable Failure failure,
    List<Event.Extension> extensions,
    List<Event.Warning> warnings) {
  /** Copies. */
  public Collected {
    parts = List.copyOf(parts);
    extensions = List.copyOf(extensions);
    warnings = List.copyOf(warnings);
  }

  /** All visible text, joined. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text piece) {
        text.append(piece.text());
      }
    }
    return text.toString();
  }

  /** Extension of a dialect by name; null = none. */
  public @Nullable Json extension(Dialect dialect, String name) {
    for (Event.Extension extension : extensions) {
      if (extension.dialect().equals(dialect) && extension.name().equals(name)) {
        return extension.value();
      }
    }
    return null;
  }
}
