package lip.core.executor;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import lip.core.snapshot.Entry;
import org.jspecify.annotations.Nullable;

/**
 * A leased plugin that several threads use: its owner, and whoever is inside its code. When the
 * last of them has left it is forgotten, and nobody can use it any more.
 */
final class SharedEntry {
  private static final AtomicIntegerFieldUpdater<SharedEntry> USERS =
      AtomicIntegerFieldUpdater.newUpdater(SharedEntry.class, "users");

  private volatile int users = 1;
  private volatile @Nullable Entry<?> entry;

  /** With its owner as the first user. */
  SharedEntry(Entry<?> entry) {
    this.entry = entry;
  }

  boolean is(Entry<?> other) {
    return entry == other;
  }

  /** The plugin for one user more, who must leave; null = all have left. */
  @Nullable Entry<?> enter() {
    for (; ; ) {
      int count = users;
      if (count == 0) {
        return null;
      }
      if (USERS.compareAndSet(this, count, count + 1)) {
        return entry;
      }
    }
  }

  /** Whether who leaves was the last. */
  boolean leave() {
    if (USERS.decrementAndGet(this) > 0) {
      return false;
    }
    entry = null;
    return true;
  }
}
