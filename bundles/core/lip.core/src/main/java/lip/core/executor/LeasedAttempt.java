package lip.core.executor;

import lip.api.call.Call;
import lip.core.pipeline.AttemptScope;
import lip.core.routing.Candidate;
import lip.core.snapshot.Entry;
import lip.core.snapshot.LiveBackend;
import lip.sdk.backend.Backend;
import lip.sdk.feature.CallContext;

/**
 * An attempt at one candidate with what it holds: a lease on the backend and a place there. Both go
 * back when the last user of its stream has left.
 */
final class LeasedAttempt {
  private final Entry<Backend> entry;
  private final AttemptScope scope;
  private final LiveAttempt live;

  private LeasedAttempt(Entry<Backend> entry, AttemptScope scope, LiveAttempt live) {
    this.entry = entry;
    this.scope = scope;
    this.live = live;
  }

  /**
   * Takes lease, place and a B-leg.
   *
   * @param number number inside the call, from 1
   * @param where the call for people, in case of blame
   * @param reason why this candidate is asked
   */
  static LeasedAttempt at(
      Candidate candidate,
      OpenExchange exchange,
      CallContext context,
      int number,
      String where,
      String reason)
      throws Unusable {
    Platform platform = exchange.platform();
    LiveBackend backend = platform.backends().lease(candidate.backendId());
    if (backend == null) {
      throw Unusable.here(Failures.departed(candidate.backendId()));
    }
    Entry<Backend> entry = backend.entry();
    String id = backend.id();
    if (!platform.active().enter(id, backend.maxActive())) {
      entry.release();
      throw Unusable.here(Failures.busy(id, backend.maxActive()));
    }
    AttemptScope scope =
        new AttemptScope(
            context, platform.ids().next("b_"), number, candidate.backendId(), candidate.model());
    LiveAttempt live =
        new LiveAttempt(
            entry,
            where,
            new AttemptRecord(scope, reason),
            exchange.blame(),
            ended -> {
              exchange.remove(ended);
              platform.active().leave(id);
              entry.release();
            });
    exchange.add(live, entry);
    return new LeasedAttempt(entry, scope, live);
  }

  Entry<Backend> entry() {
    return entry;
  }

  AttemptScope scope() {
    return scope;
  }

  LiveAttempt live() {
    return live;
  }

  AttemptRecord record() {
    return live.record();
  }

  /** The attempt's own copy of the call: it asks for the candidate's model. */
  Call copy(Call call) {
    return scope.model().equals(call.model())
        ? call
        : call.toBuilder().model(scope.model()).build();
  }

  /** What the backend gets. */
  AttemptView view(Call copy) {
    return new AttemptView(copy, scope.model(), scope.bLegId(), scope.number(), record());
  }
}
