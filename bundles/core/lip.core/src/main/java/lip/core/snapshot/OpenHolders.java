package lip.core.snapshot;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lip.core.gateway.EndCause;
import org.jspecify.annotations.Nullable;

/**
 * All open exchanges, so that a departure past its limit finds those that still hold the departing
 * entry.
 */
public final class OpenHolders {
  /** Somebody who holds leases. */
  public interface Holder {
    /** Whether it holds a lease on the entry. */
    boolean holds(Entry<?> entry);

    /** Ends it without plugin code. Must not block. */
    void revoke(EndCause cause);

    /** The thread that runs plugins for it; null = none, or not known. */
    default @Nullable Thread worker() {
      return null;
    }
  }

  private final Set<Holder> open = ConcurrentHashMap.newKeySet();

  /** Adds a holder. */
  public void add(Holder holder) {
    open.add(holder);
  }

  /** Removes a holder. */
  public void remove(Holder holder) {
    open.remove(holder);
  }

  /** The threads that run plugins for them. */
  public List<Thread> workers() {
    return open.stream().map(Holder::worker).filter(Objects::nonNull).toList();
  }

  /** Number of open ones. */
  public int size() {
    return open.size();
  }

  /**
   * Revokes each holder of a frontend or backend entry; returns how many. Holders of a stage
   * handler live on without it.
   */
  public int revoke(Entry<?> entry, EndCause cause) {
    int count = 0;
    for (Holder holder : open) {
      if (entry.family() != Family.FEATURE && holder.holds(entry)) {
        holder.revoke(cause);
        count++;
      }
    }
    return count;
  }

  /** Revokes all. */
  public int revokeAll(EndCause cause) {
    int count = 0;
    for (Holder holder : open) {
      holder.revoke(cause);
      count++;
    }
    return count;
  }
}
