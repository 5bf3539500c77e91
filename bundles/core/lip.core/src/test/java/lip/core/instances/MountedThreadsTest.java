package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MountedThreadsTest {
  @Test
  void aBurningThreadIsSeenWithItsCarrierAndAWaitingOneIsNot() {
    AtomicBoolean end = new AtomicBoolean();
    CountDownLatch gate = new CountDownLatch(1);
    Thread burner =
        Thread.ofVirtual()
            .name("a]/waiting@b")
            .start(() -> {
              while (!end.get()) {
                Thread.onSpinWait();
              }
            });
    Thread waiter = Thread.ofVirtual().start(() -> awaitOpen(gate));
    MountedThreads threads =
        new MountedThreads(() -> Stream.of(burner, waiter, Thread.currentThread()));
    try {
      await()
          .untilAsserted(() ->
              assertThat(threads.now())
                  .singleElement()
                  .satisfies(one -> {
                    assertThat(one.id()).isEqualTo(burner.threadId());
                    assertThat(one.classes()).contains(MountedThreadsTest.class.getName());
                    assertThat(MountedThreads.cpuNanos(one.carrier())).isPositive();
                  }));
    } finally {
      end.set(true);
      gate.countDown();
    }
  }

  private static final CountDownLatch INITIALIZED = new CountDownLatch(1);

  /** Waits on its carrier: a class initializer is a native frame. */
  private static final class Pinning {
    static {
      awaitOpen(INITIALIZED);
    }

    static void load() {}
  }

  @Test
  @Timeout(60)
  void aThreadThatWaitsOnItsCarrierIsNotSeen() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Thread pinned =
        Thread.ofVirtual()
            .start(() -> {
              begun.countDown();
              Pinning.load();
            });
    try {
      begun.await();
      await().until(() -> pinned.getState() == Thread.State.WAITING);
      assertThat(new MountedThreads(() -> Stream.of(pinned)).now()).isEmpty();
    } finally {
      INITIALIZED.countDown();
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
