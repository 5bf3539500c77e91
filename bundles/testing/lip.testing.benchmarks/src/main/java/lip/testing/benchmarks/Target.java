package lip.testing.benchmarks;

import java.util.List;
import java.util.function.ToIntFunction;
import lip.testing.benchmarks.load.Order.Route;
import lip.testing.benchmarks.upstream.Mode;

/** What is measured: it stands between the load and the upstream, or is nothing at all. */
interface Target extends AutoCloseable {
  /** How it is called in tables. */
  String name();

  /** The way to the upstream in a mode. */
  default Route route(Mode mode) {
    return route(mode, Pair.USUAL);
  }

  /** The way to the upstream in a mode, for a pair that it {@linkplain #takes takes}. */
  Route route(Mode mode, Pair pair);

  /** Whether it can stand between such a client and such a provider. */
  default boolean takes(Pair pair) {
    return pair.same();
  }

  /** Starts its process, without waiting. */
  default void launch() {}

  /** The process; 0 = none. */
  default long pid() {
    return 0;
  }

  /** Whether it is a JVM that can be asked about its heap. */
  default boolean java() {
    return false;
  }

  /** Another one of its kind, not started. */
  default Target another() {
    return this;
  }

  /** What it printed, for messages. */
  default String output() {
    return "";
  }

  @Override
  default void close() {}

  /** Whether there is a process. */
  default boolean measured() {
    return pid() != 0;
  }

  /** The process with its children. */
  default ProcessTree tree() {
    return new ProcessTree(pid());
  }

  /** The load straight to the upstream. */
  record Direct(ToIntFunction<Mode> ports) implements Target {
    @Override
    public String name() {
      return "direct";
    }

    @Override
    public Route route(Mode mode, Pair pair) {
      return new Route(ports.applyAsInt(mode), pair.client().path(), pair.client(), List.of());
    }
  }
}
