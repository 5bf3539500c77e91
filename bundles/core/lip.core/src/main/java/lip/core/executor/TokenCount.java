package lip.core.executor;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import lip.api.call.Call;
import lip.api.capability.Needs;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.core.routing.Candidate;
import lip.sdk.backend.Backend;
import lip.sdk.feature.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks the backend of the first candidate how long a prompt is: an attempt with lease, slot, B-leg
 * and isolation, whose stream has no content. No stage sees it, so none counts it as a call.
 */
final class TokenCount {
  private final OpenExchange exchange;
  private final CallContext context;

  TokenCount(OpenExchange exchange, CallContext context) {
    this.exchange = exchange;
    this.context = context;
  }

  /** The provider's count; empty = it has none to tell. */
  OptionalLong of(Candidate candidate, Call call) {
    LeasedAttempt leased;
    try {
      leased = LeasedAttempt.at(candidate, exchange, context, 1, "count tokens", "count");
    } catch (Unusable e) {
      return OptionalLong.empty();
    }
    LiveAttempt attempt = leased.live();
    try {
      Call copy = leased.copy(call);
      AttemptView view = leased.view(copy);
      Told told = new Told();
      attempt.open(() -> {
        Backend backend = leased.entry().instance();
        // Who cannot serve the call is not asked about it either.
        if (backend.capabilities(candidate.model()).missing(Needs.of(copy)).isEmpty()) {
          told.tokens = Objects.requireNonNull(backend.countTokens(view), "no count");
        }
        return told;
      });
      for (Event event; (event = attempt.next()) != null; ) {
        if (event instanceof Event.Failed(var failure)) {
          leased.record().ended(AttemptRecord.Outcome.SWALLOWED_FAILURE, failure, null);
          return OptionalLong.empty();
        }
      }
      return told.tokens;
    } finally {
      attempt.close();
    }
  }

  /** A stream that says nothing. */
  private static final class Told implements EventStream {
    private final Queue<Event> events =
        new ArrayDeque<>(
            List.of(Event.ResponseStarted.PLAIN, Event.Finished.of(FinishReason.STOP)));
    private OptionalLong tokens = OptionalLong.empty();

    @Override
    public @Nullable Event next() {
      return events.poll();
    }

    @Override
    public void close() {}
  }
}
