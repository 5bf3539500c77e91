package lip.api.event;

/**
 * The legal order of events: {@code ResponseStarted} once and first, {@code MessageStarted} before
 * content, side events ({@code UsageReport}, {@code Warning}, {@code Extension}, {@code Logprobs})
 * any time after the start, tool arguments and ends only for calls that began, one terminal event
 * last. One instance per stream; used by its reader only.
 */
public final class EventOrder {
  private final java.util.Set<String> openCalls = new java.util.HashSet<>();
  private boolean started;
  private boolean message;
  private boolean ended;

  /**
   * Takes note of the next event.
   *
   * @throws IllegalStateException when it is out of order
   */
  public void accept(Event event) {
    require(!ended, event, "after the terminal event");
    switch (event) {
      case Event.ResponseStarted _ -> {
        require(!started, event, "twice");
        started = true;
      }
      case Event.MessageStarted _ -> {
        require(started, event, "before the response");
        message = true;
      }
      case Event.ToolCallStarted call -> {
        content(event);
        require(openCalls.add(call.id()), event, "twice for one id");
      }
      case Event.ToolArgumentsDelta delta -> {
        content(event);
        require(openCalls.contains(delta.id()), event, "for a call that did not begin");
      }
      case Event.ToolCallFinished end -> {
        content(event);
        require(openCalls.contains(end.id()), event, "for a call that did not begin");
      }
      case Event.TextDelta _,
          Event.ReasoningDelta _,
          Event.ReasoningDone _,
          Event.RefusalDelta _,
          Event.Citation _,
          Event.MediaOutput _ ->
          content(event);
      case Event.UsageReport _, Event.Warning _, Event.Extension _, Event.Logprobs _ ->
          require(started, event, "before the response");
      case Event.Finished _, Event.Failed _ -> {
        require(started || event instanceof Event.Failed, event, "before the response");
        ended = true;
      }
      case Event.Other other -> {
        require(started, event, "before the response");
        ended = other.terminal();
      }
    }
  }

  /** Whether a terminal event was seen. */
  public boolean ended() {
    return ended;
  }

  private void content(Event event) {
    require(started && message, event, "before a message began");
  }

  private static void require(boolean legal, Event event, String problem) {
    if (!legal) {
      throw new IllegalStateException(event.getClass().getSimpleName() + " " + problem);
    }
  }
}
