package lip.core.executor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import lip.api.failure.Failure;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.Gateway;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.OpenHolders;
import lip.core.snapshot.RouteTable;
import lip.core.snapshot.Snapshot;
import lip.core.snapshot.Stages;
import lip.sdk.feature.Feature;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A request finds its frontend, pins the snapshot, takes its leases and gives them back. */
@State(Scope.Thread)
public class PinBenchmark {
  private final GatewayService alone = gateway(0);
  private final GatewayService withFeatures = gateway(8);
  private final Headers headers = Headers.of("Content-Type", "application/json");

  private static final class Silent implements Frontend {
    @Override
    public List<Claim> claims() {
      return List.of(
          Claim.of("POST", "/v1/chat/completions"),
          Claim.of("GET", "/v1/models"),
          Claim.of("GET", "/v1/models/{id...}"));
    }

    @Override
    public void handle(Exchange exchange, Calls calls) {}

    @Override
    public ErrorReply render(Failure failure) {
      throw new IllegalStateException(failure.message());
    }
  }

  private static GatewayService gateway(int features) {
    Frontend silent = new Silent();
    Entry<Frontend> frontend = new Entry<>(Family.FRONTEND, "f", "f", 0, silent);
    List<RouteTable.Route> routes =
        silent.claims().stream().map(claim -> new RouteTable.Route(claim, frontend)).toList();
    List<Entry<Feature>> leased =
        java.util.stream.IntStream.range(0, features)
            .mapToObj(i -> new Entry<Feature>(Family.FEATURE, "x" + i, "x", i, List::of))
            .toList();
    var snapshot =
        new Snapshot(
            1,
            Instant.EPOCH,
            new RouteTable(routes),
            new LinkedHashMap<>(),
            Stages.NONE,
            leased,
            null);
    return new GatewayService(
        () -> snapshot,
        new OpenHolders(),
        () -> false,
        () -> new Gateway.Readiness(true, List.of()),
        AnswerRoom.unbounded(),
        InstantSource.system(),
        prefix -> prefix + "0");
  }

  @Benchmark
  public int pin() {
    return pin(alone);
  }

  @Benchmark
  public int pinWith8Features() {
    return pin(withFeatures);
  }

  private int pin(GatewayService gateway) {
    var admitted =
        (Gateway.Admittance.Admitted) gateway.admit("POST", "/v1/chat/completions", headers, "t_1");
    try (var exchange = admitted.exchange()) {
      return exchange.frontendId().length();
    }
  }
}
