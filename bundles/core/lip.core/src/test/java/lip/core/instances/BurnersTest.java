package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lip.core.instances.MountedThreads.Mounted;
import org.junit.jupiter.api.Test;

class BurnersTest {
  private static final String JDK = "java.util.HashMap";
  private static final String SHARED = "lip.support.json.Reader";
  private static final String A = "plugin.a.Loop";
  private static final String B = "plugin.b.Stream";

  private final Map<Long, Long> cpu = new HashMap<>();
  private final AtomicInteger looks = new AtomicInteger();

  private static Set<String> owners(String name) {
    return switch (name) {
      case A -> Set.of("plugin.a");
      case B -> Set.of("plugin.b");
      case SHARED -> Set.of("plugin.a", "plugin.b");
      default -> Set.of();
    };
  }

  /** A carrier that uses a second of CPU from look to look. */
  private long burnt(long carrier) {
    return cpu.merge(carrier, TimeUnit.SECONDS.toNanos(1), Long::sum);
  }

  private Map<String, Integer> find(Supplier<List<Mounted>> mounted) throws Exception {
    return new Burners(mounted, this::burnt, BurnersTest::owners, Duration.ZERO).find();
  }

  @Test
  void aThreadThatNeverLeavesItsCarrierIsNamedByItsInnermostPluginFrame() throws Exception {
    List<Mounted> mounted =
        List.of(
            new Mounted(1, 11, List.of(JDK, A, B)),
            new Mounted(2, 12, List.of(SHARED, A)),
            new Mounted(3, 13, List.of(JDK, B, "lip.core.executor.LiveAttempt", A)));
    assertThat(find(() -> mounted))
        .containsExactly(Map.entry("plugin.a", 2), Map.entry("plugin.b", 1));
  }

  @Test
  void whoeverMovesOrLeavesOrIsElsewhereDoesNotBurn() throws Exception {
    Map<String, Integer> burning =
        find(() -> {
          int look = looks.incrementAndGet();
          return look == 4
              ? List.of(new Mounted(1, 11, List.of(B)), new Mounted(2, 99, List.of(A)))
              : List.of(
                  new Mounted(1, 11, List.of(A)),
                  new Mounted(2, 12, List.of(A)),
                  new Mounted(3, 13, List.of(A)));
        });
    assertThat(burning).isEmpty();
  }

  @Test
  void codeOfTheCoreAndOfNobodyAcquits() throws Exception {
    List<Mounted> mounted =
        List.of(
            new Mounted(1, 11, List.of("lip.core.pipeline.EventChain", A)),
            new Mounted(2, 12, List.of(JDK)),
            new Mounted(3, 13, List.of()));
    assertThat(find(() -> mounted)).isEmpty();
  }

  @Test
  void aCarrierThatOnlyWaitsDoesNotBurn() throws Exception {
    List<Mounted> mounted = List.of(new Mounted(1, 11, List.of("java.net.Inet6AddressImpl", A)));
    Burners waiting = new Burners(() -> mounted, _ -> 0, BurnersTest::owners, Duration.ofMillis(1));
    assertThat(waiting.find()).isEmpty();
  }
}
