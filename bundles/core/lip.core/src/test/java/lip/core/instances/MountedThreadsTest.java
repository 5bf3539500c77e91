package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import lip.core.instances.MountedThreads.Mounted;
import org.junit.jupiter.api.Test;

class MountedThreadsTest {
  @Test
  void readsWhoIsMounted() {
    String dump =
        """
        {
          "threadDump": {
            "threads": [
              {
                "tid": "23",
                "virtual": true,
                "name": "x \\"tid\\": \\"9\\"",
                "state": "RUNNABLE",
                "stack": [
                  "java.base\\/java.lang.Math.max(Math.java:1)",
                  "app\\/\\/plugin.a.Loop.run(Loop.java:2)",
                  "plugin.a.Loop$Inner.call(Loop.java)"
                ],
                "carrier": "24"
              },
              {
                "tid": "25",
                "virtual": true,
                "stack": [
                  "plugin.b.Stream.next(Stream.java:2)"
                ]
              },
              {
                "tid": "26",
                "stack": [
                ],
                "carrier": "27"
              }
            ]
          }
        }
        """;
    assertThat(MountedThreads.parse(dump.lines()))
        .containsExactly(
            new Mounted(23, 24, List.of("java.lang.Math", "plugin.a.Loop", "plugin.a.Loop$Inner")),
            new Mounted(26, 27, List.of()));
  }

  @Test
  void aBurningThreadIsSeenWithItsCarrierAndAWaitingOneIsNot() {
    AtomicBoolean end = new AtomicBoolean();
    CountDownLatch gate = new CountDownLatch(1);
    Thread burner =
        Thread.ofVirtual()
            .start(() -> {
              while (!end.get()) {
                Thread.onSpinWait();
              }
            });
    Thread waiter = Thread.ofVirtual().start(() -> awaitOpen(gate));
    try {
      await()
          .untilAsserted(() -> {
            List<Mounted> now = MountedThreads.now();
            assertThat(now)
                .filteredOn(one -> one.id() == burner.threadId())
                .singleElement()
                .satisfies(one -> {
                  assertThat(one.classes()).contains(MountedThreadsTest.class.getName());
                  assertThat(MountedThreads.cpuNanos(one.carrier())).isPositive();
                });
            assertThat(now).noneMatch(one -> one.id() == waiter.threadId());
          });
    } finally {
      end.set(true);
      gate.countDown();
    }
  }

  private static void awaitOpen(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
