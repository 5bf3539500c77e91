package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CarrierWatchTest {
  @Test
  void widensOnceAndInOneJump() throws Exception {
    List<Integer> widened = new ArrayList<>();
    AtomicInteger alarms = new AtomicInteger();
    AtomicInteger misses = new AtomicInteger();
    CarrierWatch watch =
        new CarrierWatch(_ -> misses.getAndDecrement() <= 0, widened::add, alarms::incrementAndGet);
    watch.look();
    misses.set(1);
    watch.look();
    assertThat(widened).isEmpty();
    misses.set(5);
    watch.look();
    assertThat(widened).containsExactly(64);
    assertThat(alarms).hasValue(1);
    watch.look();
    assertThat(widened).as("one jump, never two").containsExactly(64);
    assertThat(alarms).as("more burners: looked for again").hasValue(2);
  }
}
