package lip.core.executor;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.fidelity.DebugWish;
import lip.core.fidelity.FidelityTotals;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.EndCause;
import lip.core.gateway.Gateway;
import lip.core.gateway.Inventory.FidelityView;
import lip.core.pipeline.Blame;
import lip.core.pipeline.CallPipeline;
import lip.core.routing.FirstRuleThatApplies;
import lip.core.routing.Shown;
import lip.core.snapshot.Entry;
import lip.core.snapshot.OpenHolders;
import lip.core.snapshot.RouteTable;
import lip.core.snapshot.Snapshot;
import lip.sdk.Ids;
import lip.sdk.feature.Feature;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;

/** The door for requests. Safe from any thread. */
public final class GatewayService implements Gateway {
  /** A retired entry has a successor in the next snapshot, which is published before it retires. */
  private static final int LOOKS = 1_000;

  private final Supplier<Snapshot> snapshots;
  private final OpenHolders holders;
  private final BooleanSupplier stopping;
  private final Supplier<Readiness> readiness;
  private final Platform platform;

  /**
   * A door.
   *
   * @param snapshots the current snapshot
   * @param holders where open exchanges are kept
   * @param stopping whether the platform stops: then nothing is admitted
   * @param readiness whether all that must be live is live
   * @param room what may be kept of answers
   * @param clock the clock
   * @param ids random ids
   */
  public GatewayService(
      Supplier<Snapshot> snapshots,
      OpenHolders holders,
      BooleanSupplier stopping,
      Supplier<Readiness> readiness,
      AnswerRoom room,
      InstantSource clock,
      Ids ids) {
    this.snapshots = snapshots;
    this.holders = holders;
    this.stopping = stopping;
    this.readiness = readiness;
    Blame blame = new Blame(clock);
    this.platform =
        new Platform(
            new Backends(snapshots, blame),
            new ActiveAttempts(),
            new FirstRuleThatApplies(),
            new CallPipeline(blame),
            blame,
            new FidelityTotals(),
            room,
            clock,
            ids);
  }

  @Override
  @SuppressWarnings(
      "ThreadPriorityCheck") // Correct without it; the publisher only gets its turn sooner.
  public Admittance admit(String method, String rawPath, Headers headers, String traceId) {
    for (int i = 0; i < LOOKS && !stopping.getAsBoolean(); i++) {
      Snapshot snapshot = snapshots.get();
      switch (snapshot.routes().match(method, rawPath, headers)) {
        case RouteTable.Match.Found(Entry<Frontend> frontend, Map<String, String> parameters) -> {
          if (leased(frontend, snapshot.features())) {
            return admitted(
                new OpenExchange(
                    platform,
                    holders,
                    traceId,
                    snapshot,
                    frontend,
                    parameters,
                    DebugWish.of(headers)),
                frontend);
          }
          Thread.onSpinWait();
        }
        case RouteTable.Match.WrongMethod(Entry<Frontend> frontend, List<String> allowed) -> {
          return new Admittance.Refused(
              Failure.of(
                  FailureClass.METHOD_NOT_ALLOWED,
                  Shown.text(method)
                      + " is not allowed for "
                      + Shown.text(rawPath)
                      + "; allowed: "
                      + String.join(", ", allowed)),
              Optional.of(new LeasedRenderer(frontend)),
              allowed);
        }
        case RouteTable.Match.Nobody() -> {
          return refused(FailureClass.NOT_FOUND, "nothing answers " + Shown.text(rawPath));
        }
      }
    }
    return stopping.getAsBoolean()
        ? refused(FailureClass.UNAVAILABLE, Failures.of(EndCause.SHUTDOWN).message())
        : refused(
            FailureClass.UNAVAILABLE,
            "the part of the gateway that answers this path is being replaced; try again");
  }

  private Admittance admitted(OpenExchange exchange, Entry<Frontend> frontend) {
    holders.add(exchange);
    // A stop or a revocation that began before the exchange could be found has not ended it.
    if (stopping.getAsBoolean()) {
      exchange.close();
      return refused(FailureClass.UNAVAILABLE, Failures.of(EndCause.SHUTDOWN).message());
    }
    if (frontend.revoked()) {
      exchange.revoke(EndCause.DRAIN);
    }
    frontend.called();
    return new Admittance.Admitted(exchange);
  }

  private static Admittance refused(FailureClass kind, String message) {
    return new Admittance.Refused(Failure.of(kind, message), Optional.empty());
  }

  private static boolean leased(Entry<Frontend> frontend, List<Entry<Feature>> features) {
    if (!frontend.acquire()) {
      return false;
    }
    for (int i = 0; i < features.size(); i++) {
      if (!features.get(i).acquire()) {
        for (int held = 0; held < i; held++) {
          features.get(held).release();
        }
        frontend.release();
        return false;
      }
    }
    return true;
  }

  @Override
  public Readiness readiness() {
    Readiness told = readiness.get();
    if (!stopping.getAsBoolean()) {
      return told;
    }
    List<String> reasons = new ArrayList<>(told.reasons());
    reasons.add("the gateway is shutting down");
    return new Readiness(false, reasons);
  }

  @Override
  public int openExchanges() {
    return holders.size();
  }

  /** Attempts of a backend that are at work. */
  public int activeAttempts(String backendId) {
    return platform.active().count(backendId);
  }

  /** What did not pass unchanged, for each pair of frontend and backend. */
  public List<FidelityView> fidelity() {
    return platform.fidelity().views();
  }
}
