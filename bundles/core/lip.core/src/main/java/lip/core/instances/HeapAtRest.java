package lip.core.instances;

import java.util.function.IntSupplier;

/**
 * Collects the heap once when the load has gone. The collector gives back what is free, but what
 * thousands of streams leave behind is spread over regions that it only empties when somebody
 * allocates: a process at rest would keep the memory of its busiest hour. One thread looks.
 */
final class HeapAtRest {
  /** Fewer requests at once leave nothing behind that is worth a pause. */
  private static final int BUSY = 16;

  /** The load has gone when so much less is left of it. */
  private static final int PART = 4;

  /** So many looks in a row, to tell a rest from a breath. */
  private static final int LOOKS = 3;

  private final IntSupplier open;
  private final Runnable collect;
  private int most;
  private int quiet;

  /**
   * Nothing seen yet.
   *
   * @param open requests that run now
   * @param collect collects all of the heap; pauses everybody, the shorter the less is left
   */
  HeapAtRest(IntSupplier open, Runnable collect) {
    this.open = open;
    this.collect = collect;
  }

  /** To be called every few seconds. */
  void look() {
    int now = open.getAsInt();
    most = Math.max(most, now);
    quiet = most >= BUSY && now <= most / PART ? quiet + 1 : 0;
    if (quiet == LOOKS) {
      quiet = 0;
      most = now;
      collect.run();
    }
  }
}
