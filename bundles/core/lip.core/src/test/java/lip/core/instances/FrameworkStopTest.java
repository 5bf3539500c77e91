package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lip.core.gateway.EndCause;
import lip.core.snapshot.Entry;
import lip.core.snapshot.OpenHolders;
import lip.core.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

class FrameworkStopTest {
  private final OpenHolders holders = new OpenHolders();
  private final RuntimeState state = new RuntimeState(() -> Snapshot.EMPTY, holders, List::of);
  private final Drains drains = new Drains(holders, () -> Duration.ofMinutes(15), () -> {});
  private final List<EndCause> causes = new CopyOnWriteArrayList<>();

  /** An open exchange that goes when it is told. */
  private final OpenHolders.Holder exchange =
      new OpenHolders.Holder() {
        @Override
        public boolean holds(Entry<?> entry) {
          return false;
        }

        @Override
        public void revoke(EndCause cause) {
          causes.add(cause);
          holders.remove(this);
        }
      };

  private FrameworkStop stop(Duration bound) {
    return new FrameworkStop(state, drains, () -> bound);
  }

  @Test
  void nothingIsAdmittedAndRunningRequestsMayEnd() throws Exception {
    holders.add(exchange);
    Thread stopping = Thread.ofPlatform().start(stop(Duration.ofMinutes(5))::stop);
    await().until(state::stopping);
    assertThat(state.readiness().ready()).isFalse();
    assertThat(state.readiness().reasons()).containsExactly("the platform stops");
    assertThat(stopping.isAlive()).isTrue();
    holders.remove(exchange);
    stopping.join();
    assertThat(causes).isEmpty();
  }

  @Test
  void pastTheBoundTheyAreEnded() {
    holders.add(exchange);
    stop(Duration.ofMillis(30)).stop();
    assertThat(causes).containsExactly(EndCause.SHUTDOWN);
    assertThat(holders.size()).isZero();
  }

  @Test
  void afterwardsNobodyWaitsForADrain() throws Exception {
    stop(Duration.ZERO).stop();
    Live live = Lives.backend(Lives.source(lip.core.snapshot.Family.BACKEND, "b", 1), "b", 1000);
    assertThat(live.entry().acquire()).isTrue();
    live.entry().retire();
    drains.await(live, Duration.ofMinutes(15));
    assertThat(live.entry().revoked()).isTrue();
    assertThat(live.closedLatch().getCount()).isZero();
  }

  @Test
  void aSecondStopDoesNotWaitAgain() {
    FrameworkStop stop = stop(Duration.ofMinutes(5));
    state.stop();
    holders.add(exchange);
    stop.stop();
    assertThat(causes).isEmpty();
  }
}
