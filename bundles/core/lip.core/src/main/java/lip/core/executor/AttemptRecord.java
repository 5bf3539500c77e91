package lip.core.executor;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.core.fidelity.Deviations;
import lip.core.fidelity.FidelityReport;
import lip.core.routing.Shown;
import lip.sdk.feature.AttemptContext;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says once how an attempt ended, and takes what did not pass unchanged in it. */
final class AttemptRecord implements Fidelity {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRecord.class);

  /** How an attempt ends. Closed by nature. */
  enum Outcome {
    /** The terminal event of a whole answer has left. */
    SUCCESS,
    /** It failed before output and another candidate is tried. */
    SWALLOWED_FAILURE,
    /** It failed and the client is told. */
    SURFACED_FAILURE,
    /** Somebody ended it. */
    CANCELLED
  }

  private final AttemptContext context;
  private final String reason;
  private final InstantSource clock;
  private final long begun;
  private final AtomicBoolean said = new AtomicBoolean();

  /** Made for the first one: most requests have none. */
  private volatile @Nullable Deviations deviations;

  AttemptRecord(AttemptContext context, String reason) {
    this.context = context;
    this.reason = reason;
    this.clock = context.clock();
    this.begun = clock.millis();
  }

  AttemptContext context() {
    return context;
  }

  /** Which rule chose the candidate. */
  String reason() {
    return reason;
  }

  @Override
  public void report(Deviation deviation) {
    Deviations to = deviations;
    if (to == null) {
      synchronized (this) {
        to = deviations;
        if (to == null) {
          to = new Deviations();
          deviations = to;
        }
      }
    }
    to.report(deviation);
  }

  /** What did not pass unchanged until now. */
  FidelityReport fidelity() {
    Deviations all = deviations;
    return all == null ? FidelityReport.NONE : all.report();
  }

  /** The first word counts. Success is the rule, and a line for each would be dear: at debug. */
  void ended(Outcome outcome, @Nullable Failure failure, @Nullable Usage usage) {
    Level level = outcome == Outcome.SUCCESS ? Level.DEBUG : Level.INFO;
    if (!said.compareAndSet(false, true) || !LOG.isEnabledForLevel(level)) {
      return;
    }
    LOG.atLevel(level)
        .log(
            "attempt ended: call={} aleg={} bleg={} number={} backend={} model={} reason={}"
                + " outcome={} failure={} ms={} input={} output={}",
            Shown.text(context.traceId()),
            context.aLegId(),
            context.bLegId(),
            context.number(),
            context.backendId(),
            Shown.text(context.model()),
            reason,
            outcome.name().toLowerCase(java.util.Locale.ROOT),
            failure == null ? "-" : failure.kind().id() + "/" + failure.upstreamStatus(),
            clock.millis() - begun,
            shown(usage == null ? null : usage.input()),
            shown(usage == null ? null : usage.output()));
  }

  private static String shown(@Nullable Long count) {
    return count == null ? "-" : count.toString();
  }
}
