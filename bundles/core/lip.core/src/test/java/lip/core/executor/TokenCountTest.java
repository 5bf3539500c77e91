package lip.core.executor;

import static lip.core.executor.World.call;
import static lip.core.executor.World.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.JsonString;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.capability.Capabilities;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.api.tool.Tool;
import lip.core.executor.World.Fake;
import lip.core.executor.World.Steps;
import lip.core.gateway.EndCause;
import lip.core.gateway.PinnedExchange;
import lip.core.snapshot.LiveBackend;
import org.junit.jupiter.api.Test;

class TokenCountTest {
  private final World world = new World();
  private final Fake a = new Fake(_ -> Steps.of());

  @Test
  void theRoutedBackendIsAskedWithItsModel() throws Exception {
    AtomicReference<String> asked = new AtomicReference<>();
    a.counting =
        attempt -> {
          asked.set(attempt.model() + " " + attempt.call().model() + " " + attempt.number());
          return OptionalLong.of(42);
        };
    world.publish(live("b", new Fake(_ -> Steps.of()), 0), live("a", a, 1));
    try (PinnedExchange exchange = world.admit()) {
      assertThat(exchange.calls().countTokens(call("a:gpt"))).hasValue(42);
    }
    assertThat(asked.get()).isEqualTo("gpt gpt 1");
    assertThat(a.opened.get()).isZero();
    assertThat(world.gateway.activeAttempts("a")).isZero();
  }

  @Test
  void whoCannotCountTellsNothing() throws Exception {
    world.publish(live("a", a, 0));
    try (PinnedExchange exchange = world.admit()) {
      assertThat(exchange.calls().countTokens(call("m"))).isEmpty();
    }
  }

  @Test
  void whoLacksWhatTheCallNeedsIsNotAsked() throws Exception {
    a.can = Capabilities.of();
    a.counting =
        _ -> {
          throw new AssertionError("asked");
        };
    LiveBackend lacking = live("a", a, 0);
    world.publish(lacking);
    Call call =
        call("m").toBuilder()
            .tools(List.of(new Tool.Function("ls", JsonString.of("lists"), null, null, Meta.NONE)))
            .build();
    try (PinnedExchange exchange = world.admit()) {
      assertThat(exchange.calls().countTokens(call)).isEmpty();
      assertThat(lacking.entry().errors()).isZero();
    }
  }

  @Test
  void aFailureAndABrokenBackendTellNothing() throws Exception {
    world.publish(live("a", a, 1));
    try (PinnedExchange exchange = world.admit()) {
      a.counting =
          _ -> {
            throw new UpstreamFailure(Failure.of(FailureClass.OVERLOADED, "busy"));
          };
      assertThat(exchange.calls().countTokens(call("m"))).isEmpty();
      a.counting =
          _ -> {
            throw new IllegalStateException("broken");
          };
      assertThat(exchange.calls().countTokens(call("m"))).isEmpty();
      a.counting = _ -> null;
      assertThat(exchange.calls().countTokens(call("m"))).isEmpty();
      // The slot was given back each time.
      a.counting = _ -> OptionalLong.of(1);
      assertThat(exchange.calls().countTokens(call("m"))).hasValue(1);
    }
  }

  @Test
  void nobodyThereTellsNothing() throws Exception {
    world.publish();
    try (PinnedExchange exchange = world.admit()) {
      assertThat(exchange.calls().countTokens(call("a:m"))).isEmpty();
    }
  }

  @Test
  void aClientThatLeavesEndsTheWaiting() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    a.counting =
        _ -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            throw new UpstreamFailure(Failure.of(FailureClass.UPSTREAM, "interrupted"));
          }
          return OptionalLong.of(1);
        };
    world.publish(live("a", a, 0));
    PinnedExchange exchange = world.admit();
    Thread.ofVirtual()
        .start(() -> {
          try {
            asked.await();
            exchange.end(EndCause.CLIENT_GONE);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThatThrownBy(() -> exchange.calls().countTokens(call("m")))
        .isInstanceOf(lip.api.event.StreamClosed.class);
    exchange.close();
    assertThat(world.gateway.activeAttempts("a")).isZero();
  }
}
