package lip.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static Entry<AutoCloseable> entry() {
    return new Entry<>(Family.BACKEND, "b", "k", 0, () -> {});
  }

  @Test
  void aRetiredEntryTakesNoLeaseAndDrainsWhenTheLastIsBack() throws Exception {
    Entry<AutoCloseable> entry = entry();
    assertThat(entry.acquire()).isTrue();
    entry.retire();
    assertThat(entry.acquire()).isFalse();
    assertThat(entry.awaitDrained(Duration.ZERO)).isFalse();
    entry.release();
    assertThat(entry.awaitDrained(Duration.ZERO)).isTrue();
    assertThat(entry.leases()).isZero();
  }

  /**
   * Whoever got a lease works on an entry that is not closed: the property that a hot upgrade
   * stands on.
   */
  @RepeatedTest(20)
  void noLeaseOutlivesTheDrain() throws Exception {
    Entry<AutoCloseable> entry = entry();
    AtomicBoolean closed = new AtomicBoolean();
    AtomicInteger used = new AtomicInteger();
    AtomicInteger usedAfterClose = new AtomicInteger();
    CountDownLatch running = new CountDownLatch(4);
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        threads.submit(() -> {
          running.countDown();
          while (entry.acquire()) {
            used.incrementAndGet();
            if (closed.get()) {
              usedAfterClose.incrementAndGet();
            }
            Thread.yield();
            if (closed.get()) {
              usedAfterClose.incrementAndGet();
            }
            entry.release();
          }
        });
      }
      running.await();
      entry.retire();
      assertThat(entry.awaitDrained(Duration.ofSeconds(30))).isTrue();
      closed.set(true);
    }
    assertThat(usedAfterClose).hasValue(0);
  }
}
