package lip.frontend.openai.legacy;

import java.util.Map;
import lip.api.Dialect;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.message.Annotation;
import lip.api.message.Part;
import lip.sdk.fidelity.Fidelity;
import lip.support.frontend.AnswerLosses;
import lip.support.openai.chat.FinishReasons;

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
          Event.RefusalDelta _,
          Event.ResponseStarted _,
          Event.MessageStarted _,
          Event.ToolCallFinished _,
          Event.Failed _ -> {}
      case Event.ToolCallStarted call -> {
        calls = true;
        call(call.nativeIds());
      }
      case Event.ReasoningDone(Part.Reasoning whole) -> reasoning(whole);
      case Event.Citation(Annotation annotation) -> citation(annotation);
      case Event.MediaOutput(Part.Media media) -> {
        if (Shapes.image(media) == null) {
          to.lost("media." + media.kind().id(), "answers have pictures by bytes or address only");
        }
      }
      case Event.Logprobs(Dialect dialect, _) -> {
        if (!dialect.equals(Dialect.OPENAI_CHAT)) {
          to.foreign("logprobs");
        }
      }
      case Event.UsageReport(Usage usage) -> {
        if (usage.cacheWrite1h() != null && usage.cacheWrite1h() > 0) {
          to.mapped("usage.cache_write_1h", "cache_write_tokens", "one count for all lifetimes");
        }
      }
      case Event.Extension(Dialect dialect, String name, _) -> {
        if (!dialect.equals(Dialect.OPENAI_CHAT)) {
          to.foreign(dialect.id() + ":" + name);
        }
      }
      case Event.Finished finished -> finish(finished);
      case Event.Warning warning -> to.warning(warning);
      case Event.Other other -> to.other(other);
    }
  }

  private void call(Map<String, String> nativeIds) {
    for (String name : nativeIds.keySet()) {
      if (name.equals("form")) {
        to.mapped("function_call", "tool_calls", "its newer form");
      } else {
        to.foreign("tool_call." + name);
      }
    }
  }

  /** Proofs of other dialects travel in envelopes, see {@link ForeignReasoning}. */
  private void reasoning(Part.Reasoning whole) {
    if (!whole.dialect().equals(Dialect.OPENAI_CHAT)) {
      return;
    }
    String signature = whole.signature();
    if (signature != null && !signature.isEmpty()) {
      to.lost("reasoning.signature", "this dialect has details only");
    }
    if (whole.itemId() != null) {
      to.lost("reasoning.item_id", "this dialect has details only");
    }
  }

  private void citation(Annotation annotation) {
    if (annotation.dialect().equals(Dialect.OPENAI_CHAT)) {
      return;
    }
    if (annotation.url() == null) {
      to.lost("citation", "one without an address has no form here");
    } else {
      to.mapped("citation", "url_citation", "the only form here");
    }
  }

  private void finish(Event.Finished finished) {
    FinishReason reason = finished.reason();
    String word = FinishReasons.toWire(FinishReasons.settle(reason, calls));
    boolean said = FinishReasons.fromWire(word).equals(reason);
    boolean settled = calls || reason.equals(FinishReason.TOOL_CALLS);
    boolean right = settled && (word.equals("tool_calls") || word.equals("stop"));
    to.finished(finished, word, said || right);
  }
}
