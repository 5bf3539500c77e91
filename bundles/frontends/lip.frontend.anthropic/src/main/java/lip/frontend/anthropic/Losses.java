package lip.frontend.anthropic;

import lip.api.Dialect;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.message.Annotation;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.sdk.fidelity.Fidelity;
import lip.support.anthropic.messages.Names;
import lip.support.anthropic.messages.StopReasons;
import lip.support.frontend.AnswerLosses;
import org.jspecify.annotations.Nullable;

/** Says what of an answer has no form in this protocol, or another one. One per answer. */
final class Losses {
  private final AnswerLosses to;
  private boolean calls;

  Losses(Fidelity to) {
    this.to = new AnswerLosses(to);
  }

  /** Takes note of the next event. */
  void accept(Event event) {
    switch (event) {
      case Event.TextDelta _,
          Event.ToolArgumentsDelta _,
          Event.ReasoningDelta _,
          Event.ResponseStarted _,
          Event.MessageStarted _,
          Event.ToolCallFinished _,
          Event.Failed _ -> {}
      case Event.ReasoningDone(Part.Reasoning whole) -> reasoning(whole);
      case Event.ToolCallStarted call -> {
        calls = true;
        if (call.signature() != null) {
          to.lost("tool_call.signature", "a call has no place for it");
        }
        if (call.kind().equals(ToolKind.CUSTOM)) {
          to.mapped("tool_call.kind=custom", "an object with an input", "there is no free text");
        }
      }
      case Event.RefusalDelta _ -> to.mapped("refusal", "text", "the stop reason tells of it");
      case Event.Citation(Annotation annotation) -> {
        if (!annotation.dialect().equals(Dialect.ANTHROPIC)) {
          to.mapped("citation", "web_search_result_location", "the nearest form here");
        }
      }
      case Event.MediaOutput(Part.Media media) ->
          to.lost("media." + media.kind().id(), "answers have no media");
      case Event.Logprobs _ -> to.lost("logprobs", "answers have no token probabilities");
      case Event.UsageReport(Usage usage) -> usage(usage);
      case Event.Extension(Dialect dialect, String name, _) -> {
        if (!dialect.equals(Dialect.ANTHROPIC)) {
          to.foreign(dialect.id() + ":" + name);
        } else if (!known(name)) {
          to.lost(name, "it has no place here");
        }
      }
      case Event.Finished finished -> finish(finished);
      case Event.Warning warning -> to.warning(warning);
      case Event.Other other -> to.other(other);
    }
  }

  /** Proofs of other dialects travel in envelopes, see {@link BlockWriter}. */
  private void reasoning(Part.Reasoning whole) {
    if (!whole.dialect().equals(Dialect.ANTHROPIC)) {
      return;
    }
    String signature = whole.signature();
    if (whole.opaque() != null && signature != null && !signature.isEmpty()) {
      to.lost("reasoning.signature", "hidden reasoning has no place for it");
    }
    if (whole.itemId() != null) {
      to.lost("reasoning.item_id", "a block has no place for it");
    }
  }

  private static boolean known(String name) {
    return name.equals(Names.BLOCK)
        || name.equals(Names.TEXT_END)
        || name.startsWith(Names.MESSAGE_DELTA)
        || name.startsWith(Names.MESSAGE);
  }

  private void usage(Usage usage) {
    if (Dialect.ANTHROPIC.equals(usage.dialect())) {
      return;
    }
    if (some(usage.audioInput()) || some(usage.audioOutput())) {
      to.lost("usage.audio_tokens", "usage has no such count");
    }
    if (some(usage.acceptedPrediction()) || some(usage.rejectedPrediction())) {
      to.lost("usage.prediction_tokens", "usage has no such count");
    }
  }

  private static boolean some(@Nullable Long count) {
    return count != null && count > 0;
  }

  private void finish(Event.Finished finished) {
    FinishReason reason = finished.reason();
    String word = StopReasons.toWire(StopReasons.settle(reason, calls));
    boolean said = StopReasons.fromWire(word).equals(reason) || word.equals(finished.raw());
    boolean settled = calls || reason.equals(FinishReason.TOOL_CALLS);
    boolean right = settled && (word.equals("tool_use") || word.equals("end_turn"));
    to.finished(finished, word, said || right);
  }
}
