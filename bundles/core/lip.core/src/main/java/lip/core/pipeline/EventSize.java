package lip.core.pipeline;

import lip.api.event.Event;
import lip.api.message.MediaSource;
import lip.api.message.Part;
import org.jspecify.annotations.Nullable;

/** How much an event weighs in memory, roughly and quickly: for bounds, not for accounts. */
public final class EventSize {
  private static final int BASE = 64;

  private EventSize() {}

  /** As an object of its own. */
  public static long of(Event event) {
    return switch (event) {
      case Event.TextDelta(String text) -> BASE + 2L * text.length();
      case Event.ReasoningDelta(String text, _) -> BASE + 2L * text.length();
      case Event.RefusalDelta(String text) -> BASE + 2L * text.length();
      case Event.ToolArgumentsDelta(_, String text) -> BASE + 2L * text.length();
      case Event.ToolCallStarted call ->
          BASE + 2L * call.name().length() + length(call.signature());
      case Event.Extension(_, _, var value) -> BASE + value.length();
      case Event.Logprobs(_, var raw) -> BASE + raw.length();
      case Event.ReasoningDone(Part.Reasoning reasoning) -> BASE + weight(reasoning);
      case Event.MediaOutput(Part.Media media) -> BASE + weight(media.source());
      case Event.Citation(var annotation) -> BASE + annotation.raw().length();
      case Event.ResponseStarted _,
          Event.MessageStarted _,
          Event.ToolCallFinished _,
          Event.UsageReport _,
          Event.Warning _,
          Event.Finished _,
          Event.Failed _,
          Event.Other _ ->
          BASE;
    };
  }

  /** What it adds to an answer that is put together: texts grow, states replace each other. */
  public static long collected(Event event) {
    return switch (event) {
      case Event.TextDelta(String text) -> text.length();
      case Event.ReasoningDelta(String text, _) -> text.length();
      case Event.RefusalDelta(String text) -> text.length();
      case Event.ToolArgumentsDelta(_, String text) -> text.length();
      case Event.ResponseStarted _,
          Event.MessageStarted _,
          Event.ToolCallFinished _,
          Event.UsageReport _ ->
          0;
      default -> of(event);
    };
  }

  private static long weight(Part.Reasoning reasoning) {
    long opaque = reasoning.opaque() == null ? 0 : reasoning.opaque().length();
    return 2L * reasoning.text().length() + length(reasoning.signature()) + opaque;
  }

  private static long weight(MediaSource source) {
    return switch (source) {
      case MediaSource.Inline(String base64) -> base64.length();
      case MediaSource.Url(String url) -> url.length();
      case MediaSource.ProviderFile _, MediaSource.Other _ -> 0;
    };
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
