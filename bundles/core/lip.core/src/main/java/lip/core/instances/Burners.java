package lip.core.instances;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import lip.core.instances.MountedThreads.Mounted;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bundle whose code burns CPU. A virtual thread is held to burn when it sits on the same
 * carrier in each of several looks, inside the same plugin each time, and the carrier used CPU in
 * between: a thread that waits in native code, for a name server say, does not. A busy machine
 * alone names nobody.
 */
final class Burners {
  private static final int LOOKS = 6;
  private static final Duration APART = Duration.ofSeconds(1);

  /** 64 burning carriers share few cores: a fiftieth of a core is little, but far from none. */
  private static final int LEAST_SHARE = 50;

  private static final String CORE = "lip.core.";

  private final Supplier<List<Mounted>> looks;
  private final LongUnaryOperator cpuNanos;
  private final Function<String, Set<String>> owners;
  private final Duration apart;

  private record Seen(long carrier, String bundle, long cpuNanos) {}

  /**
   * Wires.
   *
   * @param looks the mounted threads of now
   * @param cpuNanos CPU time of a carrier
   * @param owners symbolic names of the plugins that contain a class
   */
  Burners(
      Supplier<List<Mounted>> looks,
      LongUnaryOperator cpuNanos,
      Function<String, Set<String>> owners) {
    this(looks, cpuNanos, owners, APART);
  }

  Burners(
      Supplier<List<Mounted>> looks,
      LongUnaryOperator cpuNanos,
      Function<String, Set<String>> owners,
      Duration apart) {
    this.looks = looks;
    this.cpuNanos = cpuNanos;
    this.owners = owners;
    this.apart = apart;
  }

  /** Burning threads by the symbolic name of the plugin; takes some seconds. */
  Map<String, Integer> find() throws InterruptedException {
    long start = System.nanoTime();
    Map<Long, Seen> first = look();
    Map<Long, Seen> still = first;
    for (int i = 1; i < LOOKS && !still.isEmpty(); i++) {
      Thread.sleep(apart);
      Map<Long, Seen> again = look();
      still = new HashMap<>(again);
      still.entrySet().removeIf(one -> !same(first.get(one.getKey()), one.getValue()));
      first.keySet().retainAll(still.keySet());
    }
    long least = (System.nanoTime() - start) / LEAST_SHARE;
    Map<String, Integer> burning = new TreeMap<>();
    still.forEach((id, last) -> {
      Seen before = first.get(id);
      if (before != null && last.cpuNanos() - before.cpuNanos() >= least) {
        burning.merge(last.bundle(), 1, Integer::sum);
      }
    });
    return burning;
  }

  private static boolean same(@Nullable Seen before, Seen now) {
    return before != null
        && before.carrier() == now.carrier()
        && before.bundle().equals(now.bundle());
  }

  private Map<Long, Seen> look() {
    Map<Long, Seen> seen = new HashMap<>();
    for (Mounted thread : looks.get()) {
      suspect(thread.classes())
          .ifPresent(bundle ->
              seen.put(
                  thread.id(),
                  new Seen(thread.carrier(), bundle, cpuNanos.applyAsLong(thread.carrier()))));
    }
    return seen;
  }

  /**
   * The plugin that the innermost frame which can be told belongs to: code that several plugins
   * embed says nothing, code of the core acquits the plugins below it.
   */
  Optional<String> suspect(List<String> classes) {
    for (String name : classes) {
      if (name.startsWith(CORE)) {
        return Optional.empty();
      }
      Set<String> bundles = owners.apply(name);
      if (bundles.size() == 1) {
        return Optional.of(bundles.iterator().next());
      }
    }
    return Optional.empty();
  }
}
