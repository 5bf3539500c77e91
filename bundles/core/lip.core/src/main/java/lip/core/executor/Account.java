package lip.core.executor;

import lip.core.fidelity.DebugWish;
import lip.core.fidelity.FidelityReport;
import lip.core.fidelity.Wording;
import lip.core.routing.Shown;
import lip.sdk.feature.AttemptContext;
import lip.sdk.http.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is told about the attempt that a response came from: to the client, and to operators. */
final class Account {
  private static final Logger LOG = LoggerFactory.getLogger(Account.class);

  private Account() {}

  /** Fields for the head of the response. */
  static Headers headers(AttemptRecord record, Headers answer, DebugWish debug) {
    Headers all = answer;
    if (debug.route()) {
      AttemptContext context = record.context();
      all =
          all.plus(
              "X-LIP-Route",
              Wording.route(
                  context.backendId(), context.model(), record.reason(), context.number()));
    }
    if (debug.fidelity()) {
      all = all.plus("X-LIP-Fidelity", Wording.header(record.fidelity()));
    }
    return all;
  }

  /**
   * Counts what did not pass unchanged, and says it in one line: at info when something is lost
   * that was not said of these two lately, else at debug. Some clients lose the same in each
   * request.
   */
  static void settle(AttemptRecord record, Platform platform) {
    FidelityReport report = record.fidelity();
    if (report.isEmpty()) {
      return;
    }
    AttemptContext context = record.context();
    boolean news =
        platform
            .fidelity()
            .add(context.frontendId(), context.backendId(), report, context.clock().instant());
    Level level = news ? Level.INFO : Level.DEBUG;
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level)
          .log(
              "not passed unchanged: call={} bleg={} frontend={} backend={} model={} lost={}"
                  + " mapped={}: {}",
              Shown.text(context.traceId()),
              context.bLegId(),
              context.frontendId(),
              context.backendId(),
              Shown.text(context.model()),
              report.lost(),
              report.mapped(),
              Wording.line(report));
    }
  }
}
