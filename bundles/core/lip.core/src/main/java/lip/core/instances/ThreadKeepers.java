package lip.core.instances;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import lip.core.gateway.KeptThreads;

/**
 * Says in the inventory which plugin kept a thread of many streams, and how often. It stays in
 * service: once may have been the machine, and each time the others go on after a second.
 */
final class ThreadKeepers implements KeptThreads {
  private static final String UNKNOWN = "process";

  private final Function<List<String>, Optional<String>> suspect;
  private final Problems problems;
  private final Map<String, Integer> times = new ConcurrentHashMap<>();

  /**
   * Wires.
   *
   * @param suspect the symbolic name of the plugin that runs, by the classes of its frames
   */
  ThreadKeepers(Function<List<String>, Optional<String>> suspect, Problems problems) {
    this.suspect = suspect;
    this.problems = problems;
  }

  @Override
  public void kept(List<StackTraceElement> stack) {
    String who =
        suspect.apply(stack.stream().map(StackTraceElement::getClassName).toList()).orElse(UNKNOWN);
    int count = times.merge(who, 1, Integer::sum);
    problems.add(
        who + ", streams",
        (who.equals(UNKNOWN) ? "something" : who)
            + " hung or burnt on a thread of many streams, "
            + (count == 1 ? "once" : count + " times")
            + ": that thread is lost until it returns");
  }
}
