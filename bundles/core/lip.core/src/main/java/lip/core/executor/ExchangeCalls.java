package lip.core.executor;

import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import lip.api.call.Call;
import lip.api.event.StreamClosed;
import lip.api.failure.Rejected;
import lip.core.gateway.EndCause;
import lip.core.pipeline.AttemptScope;
import lip.core.pipeline.CallPipeline;
import lip.core.pipeline.CallScope;
import lip.core.routing.Ask;
import lip.core.routing.Candidate;
import lip.core.routing.Shown;
import lip.core.routing.Unroutable;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Snapshot;
import lip.sdk.Ids;
import lip.sdk.backend.ModelInfo;
import lip.sdk.feature.CallContext;
import lip.sdk.feature.Feature;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import lip.sdk.frontend.Calls;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of one exchange. */
final class ExchangeCalls implements Calls {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeCalls.class);

  /** Candidates in a log line. */
  private static final int MOST_SHOWN = 8;

  private final OpenExchange exchange;
  private @Nullable String aLegId;

  ExchangeCalls(OpenExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public Answer open(Call call) throws CallFailed {
    Snapshot snapshot = exchange.snapshot();
    ended(exchange);
    exchange.settle();
    Platform platform = exchange.platform();
    CallContext context = context();
    try {
      Call baseline = platform.pipeline().onCall(snapshot.stages(), call, context);
      CallPipeline.Answered answered =
          platform.pipeline().admit(snapshot.stages(), baseline, context);
      if (answered != null) {
        return local(answered, baseline, context);
      }
      List<Candidate> candidates = plan(snapshot, baseline, context);
      return new AttemptLoop(exchange, snapshot, baseline, context)
          .run(candidates, headers(baseline, candidates.getFirst()));
    } catch (Rejected e) {
      throw new CallFailed(e.failure(), e);
    }
  }

  @Override
  public OptionalLong countTokens(Call call) throws CallFailed {
    Snapshot snapshot = exchange.snapshot();
    ended(exchange);
    List<Candidate> candidates;
    try {
      candidates = candidates(snapshot, call);
    } catch (Unroutable e) {
      LOG.debug("nothing counts tokens: call={} {}", Shown.text(exchange.traceId()), e.failure());
      return OptionalLong.empty();
    }
    OptionalLong count = new TokenCount(exchange, context()).of(candidates.getFirst(), call);
    ended(exchange);
    return count;
  }

  /** Stops a call of an exchange that was ended. */
  static void ended(OpenExchange exchange) throws CallFailed {
    EndCause cause = exchange.endCause();
    if (cause == null) {
      return;
    }
    if (Failures.silent(cause)) {
      throw new StreamClosed();
    }
    throw new CallFailed(Failures.of(cause), null);
  }

  private String aLeg() {
    String id = aLegId;
    if (id == null) {
      id = exchange.platform().ids().next("a_");
      aLegId = id;
    }
    return id;
  }

  private CallContext context() {
    Platform platform = exchange.platform();
    return new CallScope(
        exchange.traceId(), exchange.frontendId(), aLeg(), platform.clock(), platform.ids());
  }

  private List<Candidate> candidates(Snapshot snapshot, Call call) throws Unroutable {
    Platform platform = exchange.platform();
    return platform
        .planner()
        .plan(
            new Ask(call.route(), call.model(), snapshot.defaultRoute()),
            platform.backends().field(snapshot.backends().values(), exchange.traceId()));
  }

  private List<Candidate> plan(Snapshot snapshot, Call call, CallContext context)
      throws CallFailed {
    try {
      List<Candidate> candidates =
          exchange
              .platform()
              .pipeline()
              .reorder(snapshot.stages(), candidates(snapshot, call), call, context);
      if (LOG.isDebugEnabled()) {
        LOG.debug(
            "route: call={} model={} selector={} candidates={}",
            Shown.text(context.traceId()),
            call.model() == null ? "-" : Shown.text(call.model()),
            call.route() == null ? "-" : Shown.text(call.route()),
            shown(candidates));
      }
      return candidates;
    } catch (Unroutable e) {
      throw new CallFailed(e.failure(), e);
    }
  }

  private static List<String> shown(List<Candidate> candidates) {
    return candidates.stream()
        .limit(MOST_SHOWN)
        .map(
            c -> Shown.text(c.backendId()) + ":" + Shown.text(c.model()) + " by " + c.reason().id())
        .toList();
  }

  /** Whether the default route puts its own model in the place of the client's. */
  static boolean replaced(String asked, Candidate chosen) {
    return chosen.reason() == Candidate.Reason.DEFAULT_ROUTE && !asked.equals(chosen.model());
  }

  /** Says that the default route replaced the client's model. */
  private static Headers headers(Call call, Candidate chosen) {
    String asked = call.model();
    return asked != null && replaced(asked, chosen)
        ? Headers.of(
            "X-LIP-Mapped-Model",
            Shown.text(asked) + " -> " + Shown.text(chosen.backendId() + ":" + chosen.model()))
        : Headers.NONE;
  }

  private Answer local(CallPipeline.Answered answered, Call call, CallContext context)
      throws CallFailed {
    Entry<Feature> by = answered.by();
    // Retired meanwhile? Then the lease of the exchange still covers it.
    boolean leased = by.acquire();
    LiveAttempt attempt =
        new LiveAttempt(
            by,
            "pre_request_admission answer",
            new AttemptRecord(
                new AttemptScope(context, "-", 0, "feature:" + by.id(), "-"), "admission"),
            exchange.blame(),
            ended -> {
              exchange.remove(ended);
              if (leased) {
                by.release();
              }
            });
    exchange.add(attempt, by);
    attempt.keeps(exchange.kept(call));
    return AttemptLoop.begin(exchange, attempt, answered::events, Headers.NONE);
  }

  @Override
  public List<ModelInfo> models() {
    return exchange.platform().backends().models(exchange.traceId());
  }

  @Override
  public InstantSource clock() {
    return exchange.platform().clock();
  }

  @Override
  public Ids ids() {
    return exchange.platform().ids();
  }
}
