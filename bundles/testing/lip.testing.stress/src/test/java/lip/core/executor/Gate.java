package lip.core.executor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.failure.Failure;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.Gateway;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.OpenHolders;
import lip.core.snapshot.RouteTable;
import lip.core.snapshot.Snapshot;
import lip.core.snapshot.Stages;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.Feature;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A gateway with two snapshots, the second of which has a successor of one instance. */
final class Gate {
  private static final List<Claim> CLAIMS = List.of(Claim.of("GET", "/v1/models"));

  private final AtomicReference<Snapshot> current;
  private final Snapshot next;
  private final Entry<?> departing;
  private final List<Entry<?>> entries;
  private final OpenHolders holders = new OpenHolders();
  private final GatewayService gateway;
  private volatile boolean closed;

  private static final class Named implements Frontend {
    @Override
    public List<Claim> claims() {
      return CLAIMS;
    }

    @Override
    public void handle(Exchange exchange, Calls calls) {}

    @Override
    public ErrorReply render(Failure failure) {
      throw new IllegalStateException(failure.message());
    }
  }

  private Gate(
      Entry<Frontend> oldFrontend,
      Entry<Frontend> newFrontend,
      Entry<Feature> oldFeature,
      Entry<Feature> newFeature) {
    current = new AtomicReference<>(snapshot(1, oldFrontend, oldFeature));
    next = snapshot(2, newFrontend, newFeature);
    departing = oldFrontend == newFrontend ? oldFeature : oldFrontend;
    entries = List.of(oldFrontend, newFrontend, oldFeature, newFeature);
    gateway =
        new GatewayService(
            current::get,
            holders,
            () -> false,
            () -> new Gateway.Readiness(true, List.of()),
            AnswerRoom.unbounded(),
            InstantSource.system(),
            prefix -> prefix + "0");
  }

  static Gate frontendReplaced() {
    Entry<Feature> kept = feature();
    return new Gate(frontend(), frontend(), kept, kept);
  }

  static Gate featureReplaced() {
    Entry<Frontend> kept = frontend();
    return new Gate(kept, kept, feature(), feature());
  }

  private static Entry<Frontend> frontend() {
    return new Entry<>(Family.FRONTEND, "f", "f", 0, new Named());
  }

  private static Entry<Feature> feature() {
    return new Entry<>(Family.FEATURE, "x", "x", 0, List::<Contribution>of);
  }

  private static Snapshot snapshot(long generation, Entry<Frontend> door, Entry<Feature> feature) {
    return new Snapshot(
        generation,
        Instant.EPOCH,
        new RouteTable(List.of(new RouteTable.Route(CLAIMS.getFirst(), door))),
        new LinkedHashMap<>(),
        Stages.NONE,
        List.of(feature),
        null);
  }

  /** Is admitted, looks, and leaves. */
  void request(LLL_Result result) {
    if (gateway.admit("GET", "/v1/models", Headers.NONE, "t_1")
        instanceof Gateway.Admittance.Admitted(var exchange)) {
      Snapshot pinned = ((OpenExchange) exchange).snapshot();
      result.r1 = pinned.generation() == 1 ? "old" : "new";
      result.r2 = pinned.generation() == 1 && closed;
      exchange.close();
    } else {
      result.r1 = "refused";
      result.r2 = false;
    }
  }

  /** Publishes the second snapshot; closes what it left out when that is drained. */
  void publish() {
    current.set(next);
    departing.retire();
    if (drained()) {
      closed = true;
    }
  }

  /** Whether the leases are back, and what departed is drained. */
  boolean settled() {
    return drained()
        && holders.size() == 0
        && entries.stream().allMatch(entry -> entry.leases() == 0);
  }

  private boolean drained() {
    try {
      return departing.awaitDrained(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
