package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
  @Test
  void noIdComesTwiceWhoeverAsks() throws InterruptedException {
    RandomIds ids = new RandomIds();
    Set<String> given = ConcurrentHashMap.newKeySet();
    List<Thread> askers =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                Thread.ofVirtual()
                    .start(() -> {
                      for (int i = 0; i < 1_000; i++) {
                        given.add(ids.next("t_"));
                      }
                    }))
            .toList();
    for (Thread asker : askers) {
      asker.join();
    }
    assertThat(given).hasSize(8_000).allMatch(id -> id.matches("t_[0-9a-f]{32}"));
  }
}
