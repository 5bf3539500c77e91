package lip.core.executor;

import java.util.List;
import java.util.stream.Collectors;
import lip.api.call.Call;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.capability.Needs;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.Rejected;
import lip.core.executor.AttemptRecord.Outcome;
import lip.core.pipeline.CallPipeline;
import lip.core.pipeline.EventChain;
import lip.core.routing.Candidate;
import lip.core.routing.Shown;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Snapshot;
import lip.sdk.backend.Backend;
import lip.sdk.feature.CallContext;
import lip.sdk.frontend.CallFailed;
import lip.sdk.http.Headers;

/**
 * Tries candidates until one commits. Before that a failure that another candidate may mend is not
 * seen by the client; of a failed attempt nothing has left, so no lifecycle event comes twice.
 */
final class AttemptLoop {
  /** Openings of one call at most. */
  private static final int MOST_ATTEMPTS = 3;

  private final OpenExchange exchange;
  private final Platform platform;
  private final Snapshot snapshot;
  private final Call baseline;
  private final CallContext context;
  private int opened;

  AttemptLoop(OpenExchange exchange, Snapshot snapshot, Call baseline, CallContext context) {
    this.exchange = exchange;
    this.platform = exchange.platform();
    this.snapshot = snapshot;
    this.baseline = baseline;
    this.context = context;
  }

  AttemptAnswer run(List<Candidate> candidates, Headers headers) throws CallFailed {
    Failure failure = Failure.of(FailureClass.UNAVAILABLE, "no backend is live");
    for (Candidate candidate : candidates) {
      if (opened == MOST_ATTEMPTS) {
        break;
      }
      ExchangeCalls.ended(exchange);
      try {
        return one(candidate, headers);
      } catch (Unusable e) {
        failure = e.failure();
        if (e.last()) {
          break;
        }
      }
    }
    ExchangeCalls.ended(exchange);
    throw new CallFailed(failure, null);
  }

  private AttemptAnswer one(Candidate candidate, Headers headers) throws Unusable {
    LeasedAttempt leased =
        LeasedAttempt.at(
            candidate, exchange, context, opened + 1, "backend", candidate.reason().id());
    LiveAttempt attempt = leased.live();
    exchange.tries();
    boolean kept = false;
    try {
      AttemptView view = view(candidate, leased);
      attempt.keeps(exchange.kept(baseline));
      attempt.handlers(EventChain.open(snapshot.stages(), leased.scope(), platform.blame()));
      opened++;
      Entry<Backend> entry = leased.entry();
      attempt.open(() -> entry.instance().open(view));
      AttemptAnswer answer = new AttemptAnswer(attempt, headers);
      if (answer.begin() instanceof Event.Failed(Failure failure)) {
        boolean last = !failure.recoverable();
        attempt
            .record()
            .ended(last ? Outcome.SURFACED_FAILURE : Outcome.SWALLOWED_FAILURE, failure, null);
        throw last ? Unusable.anywhere(failure) : Unusable.here(failure);
      }
      attempt.handOver();
      kept = true;
      return answer;
    } catch (Rejected e) {
      attempt.record().ended(Outcome.SURFACED_FAILURE, e.failure(), null);
      throw Unusable.anywhere(e.failure());
    } catch (Unusable e) {
      attempt.record().ended(Outcome.SWALLOWED_FAILURE, e.failure(), null);
      throw e;
    } finally {
      exchange.tells(attempt.record(), headers);
      if (!kept) {
        attempt.close();
      }
    }
  }

  /** The attempt's own copy after its stages, when the backend can serve it. */
  private AttemptView view(Candidate candidate, LeasedAttempt leased) throws Unusable, Rejected {
    String asked = baseline.model();
    if (asked != null && ExchangeCalls.replaced(asked, candidate)) {
      leased
          .record()
          .mapped(
              "model",
              candidate.backendId() + ":" + candidate.model(),
              "the default route names it");
    }
    Call copy = leased.copy(baseline);
    try {
      copy = platform.pipeline().onAttempt(snapshot.stages(), copy, leased.scope());
    } catch (CallPipeline.Closed e) {
      throw e.refusal();
    } catch (Rejected e) {
      throw Unusable.here(e.failure());
    }
    Capabilities missing = can(candidate, leased.entry()).missing(Needs.of(copy));
    if (!missing.isEmpty()) {
      throw Unusable.here(
          Failure.of(
              FailureClass.UNSUPPORTED,
              "backend \""
                  + Shown.text(candidate.backendId())
                  + "\" with model \""
                  + Shown.text(candidate.model())
                  + "\" cannot serve this request; missing: "
                  + missing.all().stream().map(Capability::id).collect(Collectors.joining(", "))));
    }
    return leased.view(copy);
  }

  private Capabilities can(Candidate candidate, Entry<Backend> entry) throws Unusable {
    try {
      Capabilities can = entry.instance().capabilities(candidate.model());
      if (can == null) {
        throw new NullPointerException("the backend gave no capabilities");
      }
      return can;
    } catch (Throwable e) {
      platform.blame().on(entry, "capabilities", context.traceId(), e);
      throw Unusable.here(Failures.internal());
    }
  }

  /** Begins an answer that has no other candidate behind it. */
  static AttemptAnswer begin(
      OpenExchange exchange, LiveAttempt attempt, LiveAttempt.Opening opening, Headers headers)
      throws CallFailed {
    exchange.tries();
    boolean kept = false;
    try {
      attempt.open(opening);
      AttemptAnswer answer = new AttemptAnswer(attempt, headers);
      if (answer.begin() instanceof Event.Failed(Failure failure)) {
        attempt.record().ended(Outcome.SURFACED_FAILURE, failure, null);
        throw new CallFailed(failure, null);
      }
      attempt.handOver();
      kept = true;
      return answer;
    } finally {
      exchange.tells(attempt.record(), headers);
      if (!kept) {
        attempt.close();
      }
    }
  }
}
