package lip.testing.conformance.feature;

import java.util.List;
import lip.api.event.Event;
import lip.sdk.feature.AttemptContext;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Feature;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;

/** Masks a word in visible text, also when it comes in pieces. */
final class MaskedWord implements Feature {
  private final String word;

  MaskedWord(String word) {
    this.word = word;
  }

  @Override
  public List<Contribution> contributions() {
    StreamStage stage = this::open;
    return List.of(
        new Contribution.OnStream(StageId.STREAM_EVENT_MUTATION, FailurePolicy.FAIL_CLOSED, stage));
  }

  /** State belongs to the attempt, so each one has a handler of its own. */
  StreamStage.Handler open(AttemptContext context) {
    return new Handler();
  }

  private final class Handler implements StreamStage.Handler {
    private String waiting = "";

    @Override
    public void on(Event event, Out out) {
      if (!(event instanceof Event.TextDelta(String text))) {
        flush(out);
        out.emit(event); // whatever it is: also events that are younger than this plugin
        return;
      }
      String all = (waiting + text).replace(word, "*".repeat(word.length()));
      int keep = beginning(all);
      String ready = all.substring(0, all.length() - keep);
      waiting = all.substring(all.length() - keep);
      out.dropHeld();
      if (!ready.isEmpty()) {
        out.emit(new Event.TextDelta(ready));
      }
      if (!waiting.isEmpty()) {
        out.hold(new Event.TextDelta(waiting)); // the core releases it if this handler fails open
      }
    }

    private void flush(Out out) {
      waiting = "";
      out.release();
    }

    /** How many characters at the end may be the beginning of the word. */
    private int beginning(String text) {
      for (int n = Math.min(word.length() - 1, text.length()); n > 0; n--) {
        if (word.startsWith(text.substring(text.length() - n))) {
          return n;
        }
      }
      return 0;
    }
  }
}
