package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import javax.management.ObjectName;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

class CarriersTest {
  private static final Duration LIMIT = Duration.ofMillis(100);

  /** Both carriers are taken; so many wait, look by look, in the end always the last number. */
  private static final class Scheduler implements VirtualThreadSchedulerMXBean {
    private final Iterator<Long> waiting;
    private long last;
    private int parallelism = 2;
    private int mounted = 2;

    Scheduler(Long... waiting) {
      this.waiting = Arrays.asList(waiting).iterator();
    }

    @Override
    public int getParallelism() {
      return parallelism;
    }

    @Override
    public void setParallelism(int size) {
      parallelism = size;
    }

    @Override
    public int getPoolSize() {
      return parallelism;
    }

    @Override
    public int getMountedVirtualThreadCount() {
      return mounted;
    }

    @Override
    public long getQueuedVirtualThreadCount() {
      last = waiting.hasNext() ? waiting.next() : last;
      return last;
    }

    @Override
    public ObjectName getObjectName() {
      throw new UnsupportedOperationException();
    }
  }

  private static boolean run(Carriers carriers) throws InterruptedException {
    return carriers.run(LIMIT);
  }

  private static Carriers carriers(Long... waiting) {
    return new Carriers(new Scheduler(waiting), () -> new CountDownLatch(1));
  }

  @Test
  void nobodyRunsWhenTheQueueOnlyGrows() throws Exception {
    assertThat(run(carriers(0L))).isFalse();
    assertThat(run(carriers(3L, 3L, 4L, 5L, 5L))).isFalse();
  }

  @Test
  void aQueueThatGetsShorterIsABusyMachineAndNoAlarm() throws Exception {
    assertThat(run(carriers(14L, 14L, 15L, 13L))).isTrue();
  }

  @Test
  void aProbeThatRanIsEnough() throws Exception {
    assertThat(run(new Carriers(new Scheduler(7L), () -> new CountDownLatch(0)))).isTrue();
    assertThat(run(new Carriers(null, () -> new CountDownLatch(0)))).isTrue();
    assertThat(run(new Carriers(null, () -> new CountDownLatch(1)))).isFalse();
  }

  @Test
  void onceWidenedOnlyTheProbeCounts() throws Exception {
    Carriers carriers = carriers(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    carriers.widen(64);
    assertThat(run(carriers)).isFalse();
  }

  @Test
  void restoresWhatItFound() throws Exception {
    Scheduler scheduler = new Scheduler(9L, 9L, 8L);
    Carriers carriers = new Carriers(scheduler, () -> new CountDownLatch(1));
    carriers.widen(64);
    assertThat(scheduler.getParallelism()).isEqualTo(64);
    assertThat(carriers.restore()).as("two may burn").isFalse();
    scheduler.mounted = 1;
    assertThat(carriers.restore()).isTrue();
    scheduler.mounted = 2;
    assertThat(scheduler.getParallelism()).isEqualTo(2);
    assertThat(run(carriers)).as("what the scheduler shows counts again").isTrue();
  }
}
