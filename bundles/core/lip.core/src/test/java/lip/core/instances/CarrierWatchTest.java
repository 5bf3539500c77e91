package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lip.core.instances.MountedThreads.Place;
import org.junit.jupiter.api.Test;

class CarrierWatchTest {
  private static final int RESTORED = -1;

  private final AtomicInteger turns = new AtomicInteger();
  private final List<Integer> widened = new ArrayList<>();
  private final AtomicInteger alarms = new AtomicInteger();
  private final AtomicInteger misses = new AtomicInteger();
  private final AtomicInteger kicks = new AtomicInteger();
  private final AtomicInteger fruitless = new AtomicInteger();
  private volatile CountDownLatch alarm = new CountDownLatch(0);
  private final CarrierWatch watch =
      new CarrierWatch(
          _ -> misses.getAndDecrement() <= 0,
          _ -> kicks.incrementAndGet() > fruitless.get(),
          new CarrierWatch.Room() {
            @Override
            public void widen(int parallelism) {
              widened.add(parallelism);
            }

            @Override
            public boolean restore() {
              widened.add(RESTORED);
              return true;
            }
          },
          () -> Set.of(new Place(turns.get() > 0 ? turns.getAndDecrement() : 0, "carrier")),
          () -> {
            alarms.incrementAndGet();
            alarm.await();
            return false;
          },
          Duration.ofNanos(1));

  @Test
  void widensOnceAndInOneJump() throws Exception {
    watch.look();
    misses.set(1);
    watch.look();
    assertThat(widened).as("one late probe is a busy machine").isEmpty();
    misses.set(2);
    watch.look();
    assertThat(widened).containsExactly(64);
    alarm = new CountDownLatch(1);
    misses.set(1);
    watch.look();
    assertThat(widened).as("one jump, never two").containsExactly(64);
    alarm.countDown();
  }

  @Test
  void requestsThatTakeTurnsAreABusyMachine() throws Exception {
    turns.set(2);
    misses.set(2);
    assertThat(watch.look()).isTrue();
    assertThat(widened).isEmpty();
    misses.set(2);
    watch.look();
    assertThat(widened).as("the same one on the same carrier").containsExactly(64);
  }

  @Test
  void takesTheRoomBackWhenNobodyBurns() throws Exception {
    alarm = new CountDownLatch(1);
    misses.set(2);
    watch.look();
    watch.look();
    assertThat(widened).as("as long as the alarm looks").containsExactly(64);
    alarm.countDown();
    await()
        .until(() -> {
          watch.look();
          return widened.size() > 1;
        });
    assertThat(widened).containsExactly(64, RESTORED);
    misses.set(2);
    watch.look();
    assertThat(widened).containsExactly(64, RESTORED, 64);
  }

  @Test
  void kicksUntilSomethingRuns() throws Exception {
    fruitless.set(5);
    misses.set(2);
    assertThat(watch.look()).isTrue();
    assertThat(kicks).hasValue(6);
    assertThat(watch.look()).isTrue();
    assertThat(kicks).as("not without need").hasValue(6);
  }

  @Test
  void saysWhenAllRoomIsUsedUp() throws Exception {
    fruitless.set(1_000_000);
    misses.set(2);
    assertThat(watch.look()).isFalse();
    assertThat(kicks.get()).as("bounded").isLessThan(100);
  }

  @Test
  void goesOnWatchingWhileTheAlarmLooks() throws Exception {
    alarm = new CountDownLatch(1);
    misses.set(2);
    watch.look();
    await().until(() -> alarms.get() == 1);
    misses.set(1);
    int before = kicks.get();
    watch.look();
    assertThat(kicks.get()).as("kicked again at once").isGreaterThan(before);
    assertThat(alarms).as("one alarm at a time").hasValue(1);
    alarm.countDown();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          misses.set(1);
          watch.look();
          return alarms.get() > 1;
        });
  }

  @Test
  void theRealProbeAndTheRealKickRun() throws Exception {
    assertThat(CarrierWatch.probe().await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(new Carriers().run(Duration.ofSeconds(30))).isTrue();
    assertThat(CarrierWatch.kick(Duration.ofSeconds(30))).isTrue();
  }
}
