package lip.core.executor;

import static lip.core.executor.World.live;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.executor.World.Fake;
import lip.core.executor.World.Steps;
import lip.core.gateway.EndCause;
import lip.core.gateway.Gateway.Admittance;
import lip.core.gateway.PinnedExchange;
import lip.core.pipeline.Handlers;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.RouteTable;
import lip.core.snapshot.Snapshot;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.StageId;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.Test;

class GatewayServiceTest {
  private final World world = new World();

  private Admittance.Refused refused(String method, String path) {
    return (Admittance.Refused) world.gateway.admit(method, path, Headers.NONE, "t1");
  }

  @Test
  void refusesWhatNobodyClaims() {
    world.publish();
    Admittance.Refused nowhere = refused("POST", "/nowhere");
    assertThat(nowhere.failure().kind()).isEqualTo(FailureClass.NOT_FOUND);
    assertThat(nowhere.renderer()).isEmpty();
    Admittance.Refused method = refused("GET", "/chat");
    assertThat(method.failure().kind()).isEqualTo(FailureClass.METHOD_NOT_ALLOWED);
    assertThat(method.allowed()).containsExactly("POST");
    assertThat(method.renderer().orElseThrow().render(method.failure()).status()).isEqualTo(405);
    assertThat(world.frontend.leases()).isZero();
    assertThat(world.gateway.openExchanges()).isZero();
  }

  @Test
  void refusesWhenStopping() {
    world.publish();
    world.stopping.set(true);
    assertThat(refused("POST", "/chat").failure().kind()).isEqualTo(FailureClass.UNAVAILABLE);
    assertThat(world.gateway.readiness().ready()).isFalse();
    assertThat(world.gateway.readiness().reasons()).containsExactly("the gateway is shutting down");
  }

  @Test
  void leasesFrontendAndFeaturesUntilClosed() {
    var handler =
        Handlers.<lip.sdk.feature.CallStage>live(
            StageId.SUBMIT_REQUEST, FailurePolicy.FAIL_OPEN, (call, _) -> call);
    world.publish(Handlers.calls(handler));
    PinnedExchange exchange = world.admit();
    assertThat(world.frontend.leases()).isEqualTo(1);
    assertThat(handler.entry().leases()).isEqualTo(1);
    assertThat(world.gateway.openExchanges()).isEqualTo(1);
    assertThat(exchange.frontendId()).isEqualTo("front");
    assertThat(exchange.frontend()).isSameAs(world.frontend.instance());
    // A departing feature ends nobody's stream.
    assertThat(world.holders.revoke(handler.entry(), EndCause.DRAIN)).isZero();
    exchange.close();
    assertThat(world.frontend.leases()).isZero();
    assertThat(handler.entry().leases()).isZero();
    assertThat(world.gateway.openExchanges()).isZero();
  }

  @Test
  void retiredFrontendIsReplacedByTheNextSnapshots() {
    world.publish();
    Snapshot stale = world.current.get();
    Entry<Frontend> successor =
        new Entry<>(Family.FRONTEND, "front", "front", 0, new World.Front());
    Snapshot fresh =
        new Snapshot(
            2,
            Instant.EPOCH,
            new RouteTable(List.of(new RouteTable.Route(Claim.of("POST", "/chat"), successor))),
            new LinkedHashMap<>(),
            stale.stages(),
            List.of(),
            null);
    world.frontend.retire();
    int[] looks = new int[1];
    GatewayService gateway =
        new GatewayService(
            () -> looks[0]++ == 0 ? stale : fresh,
            world.holders,
            () -> false,
            () -> new lip.core.gateway.Gateway.Readiness(true, List.of()),
            world.room,
            Handlers.CLOCK,
            prefix -> prefix);
    Admittance admittance = gateway.admit("POST", "/chat", Headers.NONE, "t1");
    try (PinnedExchange exchange = ((Admittance.Admitted) admittance).exchange()) {
      assertThat(exchange.frontend()).isSameAs(successor.instance());
      assertThat(world.frontend.leases()).isZero();
    }
  }

  @Test
  void frontendThatStaysRetiredIsUnavailable() {
    world.publish();
    world.frontend.retire();
    assertThat(refused("POST", "/chat").failure().kind()).isEqualTo(FailureClass.UNAVAILABLE);
    assertThat(world.frontend.leases()).isZero();
  }

  @Test
  void blamesTheFrontendForItsOwnFaultsOnly() {
    world.publish(live("a", new Fake(_ -> Steps.of()), 0));
    try (PinnedExchange exchange = world.admit()) {
      exchange.blame(new IllegalStateException("bug"));
      exchange.blame(new ExchangeEnded("client gone"));
      exchange.end(EndCause.CLIENT_GONE);
      exchange.blame(new lip.api.event.StreamClosed());
      assertThat(world.frontend.errors()).isEqualTo(1);
    }
  }

  @Test
  void renderingOfADepartedFrontendIsRefused() {
    world.publish();
    Admittance.Refused method = refused("GET", "/chat");
    world.frontend.retire();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() ->
                method.renderer().orElseThrow().render(Failure.of(FailureClass.INTERNAL, "x"))))
        .isInstanceOf(IllegalStateException.class);
  }
}
