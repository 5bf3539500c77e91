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
import lip.core.gateway.EndCause;
import lip.core.pipeline.AttemptScope;
import lip.core.pipeline.CallPipeline;
import lip.core.pipeline.EventChain;
import lip.core.routing.Candidate;
import lip.core.routing.Shown;
import lip.core.snapshot.Entry;
import lip.core.snapshot.LiveBackend;
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

  /** A candidate cannot be used; the next one may. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean last;

    Unusable(Failure failure, boolean last) {
      super(failure.toString(), null, false, false);
      this.failure = failure;
      this.last = last;
    }
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
        failure = e.failure;
        if (e.last) {
          break;
        }
      }
    }
    ExchangeCalls.ended(exchange);
    throw new CallFailed(failure, null);
  }

  private AttemptAnswer one(Candidate candidate, Headers headers) throws Unusable {
    LiveBackend live = platform.backends().lease(candidate.backendId());
    if (live == null) {
      throw new Unusable(Failures.departed(candidate.backendId()), false);
    }
    Entry<Backend> entry = live.entry();
    if (!platform.active().enter(live.id(), live.maxActive())) {
      entry.release();
      throw new Unusable(Failures.busy(live.id(), live.maxActive()), false);
    }
    String id = live.id();
    AttemptScope scope =
        new AttemptScope(
            context,
            platform.ids().next("b_"),
            opened + 1,
            candidate.backendId(),
            candidate.model());
    LiveAttempt attempt =
        attempt(
            exchange,
            entry,
            "backend",
            new AttemptRecord(scope, candidate.reason().id()),
            () -> {
              platform.active().leave(id);
              entry.release();
            });
    exchange.tries();
    boolean kept = false;
    try {
      AttemptView view = view(candidate, scope, entry, attempt.record());
      attempt.handlers(EventChain.open(snapshot.stages(), scope, platform.blame()));
      opened++;
      attempt.open(() -> entry.instance().open(view));
      AttemptAnswer answer = new AttemptAnswer(attempt, headers);
      if (answer.begin() instanceof Event.Failed(Failure failure)) {
        boolean last = !failure.recoverable();
        attempt
            .record()
            .ended(last ? Outcome.SURFACED_FAILURE : Outcome.SWALLOWED_FAILURE, failure, null);
        throw new Unusable(failure, last);
      }
      attempt.handOver();
      kept = true;
      return answer;
    } catch (Rejected e) {
      attempt.record().ended(Outcome.SURFACED_FAILURE, e.failure(), null);
      throw new Unusable(e.failure(), true);
    } catch (Unusable e) {
      attempt.record().ended(Outcome.SWALLOWED_FAILURE, e.failure, null);
      throw e;
    } finally {
      exchange.tells(attempt.record(), headers);
      if (!kept) {
        attempt.close();
      }
    }
  }

  /** The attempt's own copy after its stages, when the backend can serve it. */
  private AttemptView view(
      Candidate candidate, AttemptScope scope, Entry<Backend> entry, AttemptRecord record)
      throws Unusable, Rejected {
    String asked = baseline.model();
    if (asked != null && ExchangeCalls.replaced(asked, candidate)) {
      record.mapped(
          "model", candidate.backendId() + ":" + candidate.model(), "the default route names it");
    }
    Call copy =
        candidate.model().equals(baseline.model())
            ? baseline
            : baseline.toBuilder().model(candidate.model()).build();
    try {
      copy = platform.pipeline().onAttempt(snapshot.stages(), copy, scope);
    } catch (CallPipeline.Closed e) {
      throw e.refusal();
    } catch (Rejected e) {
      throw new Unusable(e.failure(), false);
    }
    Capabilities missing = can(candidate, entry).missing(Needs.of(copy));
    if (!missing.isEmpty()) {
      throw new Unusable(
          Failure.of(
              FailureClass.UNSUPPORTED,
              "backend \""
                  + Shown.text(candidate.backendId())
                  + "\" with model \""
                  + Shown.text(candidate.model())
                  + "\" cannot serve this request; missing: "
                  + missing.all().stream().map(Capability::id).collect(Collectors.joining(", "))),
          false);
    }
    return new AttemptView(copy, candidate.model(), scope.bLegId(), scope.number(), record);
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
      throw new Unusable(Failures.internal(), false);
    }
  }

  /** An attempt that ends with its exchange, and when its plugin is revoked. */
  static LiveAttempt attempt(
      OpenExchange exchange, Entry<?> entry, String where, AttemptRecord record, Runnable release) {
    LiveAttempt attempt =
        new LiveAttempt(
            entry,
            where,
            record,
            exchange.blame(),
            ended -> {
              exchange.remove(ended);
              release.run();
            });
    exchange.add(attempt);
    // A revocation that began before the exchange was seen to hold the entry has not ended it.
    if (entry.revoked()) {
      attempt.end(EndCause.DRAIN);
    }
    return attempt;
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
