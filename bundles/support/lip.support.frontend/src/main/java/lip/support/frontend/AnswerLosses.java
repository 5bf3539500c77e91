package lip.support.frontend;

import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;

/** Tells what of an answer has no form in the client's protocol, or another one. One per answer. */
public final class AnswerLosses {
  private final Fidelity to;

  /** Tells it to somebody. */
  public AnswerLosses(Fidelity to) {
    this.to = to;
  }

  /** It has no form. */
  public void lost(String field, String reason) {
    to.report(Deviation.lostInAnswer(field, reason));
  }

  /** It has another form. */
  public void mapped(String field, String became, String reason) {
    to.report(Deviation.mappedInAnswer(field, became, reason));
  }

  /** It has a meaning in a dialect that is not the client's. */
  public void foreign(String field) {
    lost(field, "only its own dialect knows it");
  }

  /** No protocol has a place for warnings. */
  public void warning(Event.Warning warning) {
    // Those of lost things are counted where they come from.
    if (!warning.code().equals("lost")) {
      lost("warning." + warning.code(), "answers have no warnings");
    }
  }

  /** An event that is younger than the frontend. */
  public void other(Event.Other event) {
    lost("event." + event.type(), "it has no form here");
  }

  /**
   * The end of an answer.
   *
   * @param word what the client reads as the reason
   * @param same whether it means the same as the reason
   */
  public void finished(Event.Finished end, String word, boolean same) {
    if (end.detail() != null) {
      lost("finish.detail", "it has no place here");
    }
    if (!same) {
      String raw = end.raw();
      FinishReason reason = end.reason();
      boolean known = raw == null || !reason.equals(FinishReason.UNKNOWN);
      mapped("finish_reason=" + (known ? reason.id() : raw), word, "clients know a few words only");
    }
  }
}
