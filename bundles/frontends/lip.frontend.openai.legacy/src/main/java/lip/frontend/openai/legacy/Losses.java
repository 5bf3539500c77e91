package lip.frontend.openai.legacy;

import java.util.Map;
import lip.api.Dialect;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.message.Annotation;
import lip.api.message.Part;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.support.openai.chat.FinishReasons;

/** Says what of an answer has no form in this protocol, or another one. One per answer. */
final class Losses {
  private static final String FOREIGN = "only its own dialect knows it";

  private final Fidelity to;
  private boolean calls;

  Losses(Fidelity to) {
    this.to = to;
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
          lost("media." + media.kind().id(), "answers have pictures by bytes or address only");
        }
      }
      case Event.Logprobs(Dialect dialect, _) -> {
        if (!dialect.equals(Dialect.OPENAI_CHAT)) {
          lost("logprobs", FOREIGN);
        }
      }
      case Event.UsageReport(Usage usage) -> {
        if (usage.cacheWrite1h() != null && usage.cacheWrite1h() > 0) {
          mapped("usage.cache_write_1h", "cache_write_tokens", "one count for all lifetimes");
        }
      }
      case Event.Extension(Dialect dialect, String name, _) -> {
        if (!dialect.equals(Dialect.OPENAI_CHAT)) {
          lost(dialect.id() + ":" + name, FOREIGN);
        }
      }
      case Event.Finished finished -> finish(finished);
      case Event.Warning(String code, _) -> {
        // Those of lost things are counted where they come from.
        if (!code.equals("lost")) {
          lost("warning." + code, "answers have no warnings");
        }
      }
      case Event.Other other -> lost("event." + other.type(), "it has no form here");
    }
  }

  private void call(Map<String, String> nativeIds) {
    for (String name : nativeIds.keySet()) {
      if (name.equals("form")) {
        mapped("function_call", "tool_calls", "its newer form");
      } else {
        lost("tool_call." + name, FOREIGN);
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
      lost("reasoning.signature", "this dialect has details only");
    }
    if (whole.itemId() != null) {
      lost("reasoning.item_id", "this dialect has details only");
    }
  }

  private void citation(Annotation annotation) {
    if (annotation.dialect().equals(Dialect.OPENAI_CHAT)) {
      return;
    }
    if (annotation.url() == null) {
      lost("citation", "one without an address has no form here");
    } else {
      mapped("citation", "url_citation", "the only form here");
    }
  }

  private void finish(Event.Finished finished) {
    if (finished.detail() != null) {
      lost("finish.detail", "it has no place here");
    }
    FinishReason reason = finished.reason();
    String raw = finished.raw();
    String word = FinishReasons.toWire(FinishReasons.settle(reason, calls));
    boolean said = FinishReasons.fromWire(word).equals(reason);
    boolean settled = calls || reason.equals(FinishReason.TOOL_CALLS);
    if (!said && !(settled && (word.equals("tool_calls") || word.equals("stop")))) {
      boolean known = raw == null || !reason.equals(FinishReason.UNKNOWN);
      mapped("finish_reason=" + (known ? reason.id() : raw), word, "clients know a few words only");
    }
  }

  private void lost(String field, String reason) {
    to.report(Deviation.lostInAnswer(field, reason));
  }

  private void mapped(String field, String became, String reason) {
    to.report(Deviation.mappedInAnswer(field, became, reason));
  }
}
