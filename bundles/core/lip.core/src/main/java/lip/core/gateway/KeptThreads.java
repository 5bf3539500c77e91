package lip.core.gateway;

import java.util.List;

/** Where the core is told that a plugin keeps a thread which many streams wait for. */
@FunctionalInterface
public interface KeptThreads {
  /** Nobody is told. */
  KeptThreads UNTOLD = _ -> {};

  /**
   * Something hangs or burns there; the others go on in another thread. Any thread, never blocks.
   *
   * @param stack what it does, the innermost frame first
   */
  void kept(List<StackTraceElement> stack);
}
