package lip.core.snapshot;

import java.time.Duration;

/** A plugin's object that knows whether it was closed. */
public final class Guarded implements AutoCloseable {
  private volatile boolean closed;

  static Entry<Guarded> entry() {
    return new Entry<>(Family.BACKEND, "b", "k", 0, new Guarded());
  }

  /** Whether an entry is drained now. */
  public static boolean drained(Entry<?> entry) {
    try {
      return entry.awaitDrained(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
