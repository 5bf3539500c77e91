package lip.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Many threads take and give leases while another retires the entry. Without the second look at
 * {@code retired} in {@code acquire} or at the count in {@code release}, somebody holds a lease
 * after "drained", and this test sees a use after the close.
 */
class EntryRaceTest {
  private static final int ROUNDS = 3_000;
  private static final int THREADS = 4;

  /** A plugin object that knows when it is used after its close. */
  private static final class Guarded implements AutoCloseable {
    private final AtomicInteger usedAfterClose = new AtomicInteger();
    private volatile boolean closed;

    void use() {
      if (closed) {
        usedAfterClose.incrementAndGet();
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void noLeaseAfterDrained() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Guarded plugin = new Guarded();
      Entry<Guarded> entry = new Entry<>(Family.BACKEND, "b", "k", 0, plugin);
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  awaitQuietly(start);
                  while (entry.acquire()) {
                    entry.instance().use();
                    entry.instance().use();
                    entry.release();
                  }
                }));
      }
      start.countDown();
      entry.retire();
      assertThat(entry.awaitDrained(Duration.ofSeconds(30))).isTrue();
      plugin.close();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(plugin.usedAfterClose).as("round %d", round).hasValue(0);
      assertThat(entry.leases()).isZero();
    }
  }

  @Test
  void drainsWithTheLastLeaseOnly() throws Exception {
    Entry<Guarded> entry = new Entry<>(Family.BACKEND, "b", "k", 0, new Guarded());
    assertThat(entry.acquire()).isTrue();
    assertThat(entry.acquire()).isTrue();
    entry.retire();
    assertThat(entry.acquire()).isFalse();
    entry.release();
    assertThat(entry.awaitDrained(Duration.ZERO)).isFalse();
    entry.release();
    assertThat(entry.awaitDrained(Duration.ZERO)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
