package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeapAtRestTest {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger collected = new AtomicInteger();
  private final HeapAtRest heap = new HeapAtRest(open::get, collected::incrementAndGet);

  private int look(int... requests) {
    for (int now : requests) {
      open.set(now);
      heap.look();
    }
    return collected.get();
  }

  @Test
  void collectsOnceWhenTheLoadHasGone() {
    assertThat(look(0, 5000, 4000, 1000, 1000)).isZero();
    assertThat(look(1000)).isEqualTo(1);
    assertThat(look(1000, 1000, 1000, 1000)).as("this is the load now").isEqualTo(1);
    assertThat(look(0, 0, 0)).isEqualTo(2);
    assertThat(look(0, 0, 0, 0)).isEqualTo(2);
  }

  @Test
  void aBreathIsNoRest() {
    assertThat(look(5000, 0, 0, 5000, 0, 0, 2000, 0, 0)).isZero();
  }

  @Test
  void fewRequestsLeaveNothingBehind() {
    assertThat(look(15, 0, 0, 0, 0)).isZero();
  }
}
