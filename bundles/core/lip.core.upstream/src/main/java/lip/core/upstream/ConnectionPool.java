package lip.core.upstream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections, last in first out per origin, so that a quiet client keeps few of them alive.
 * Bounded in total, per origin and in time; the oldest go first. No connection is touched under the
 * lock.
 */
final class ConnectionPool implements AutoCloseable {
  private final Supplier<UpstreamOptions> options;
  private final Map<Origin, Deque<Connection>> idle = new HashMap<>();
  private int size;
  private boolean closed;

  ConnectionPool(Supplier<UpstreamOptions> options) {
    this.options = options;
  }

  /** The live connection that was used last; null = none. */
  @Nullable Connection take(Origin origin) {
    long oldest = System.nanoTime() - options.get().idleConnTimeout().toNanos();
    for (Connection found = poll(origin); found != null; found = poll(origin)) {
      if (found.idleSince() - oldest >= 0 && !found.isDead()) {
        return found;
      }
      found.end();
    }
    return null;
  }

  private synchronized @Nullable Connection poll(Origin origin) {
    Deque<Connection> own = idle.get(origin);
    if (own == null) {
      return null;
    }
    Connection found = own.removeFirst();
    removed(origin, own);
    return found;
  }

  /** Keeps a connection whose exchange is done; ends the ones that are too many. */
  void give(Connection connection) throws IOException {
    UpstreamOptions limits = options.get();
    connection.rest(System.nanoTime());
    List<Connection> surplus = new ArrayList<>(1);
    synchronized (this) {
      if (closed) {
        surplus.add(connection);
      } else {
        Deque<Connection> own = idle.computeIfAbsent(connection.origin(), _ -> new ArrayDeque<>(4));
        own.addFirst(connection);
        size++;
        while (own.size() > limits.maxIdleConnsPerHost()) {
          surplus.add(own.removeLast());
          size--;
        }
        while (size > limits.maxIdleConns()) {
          surplus.add(removeOldest());
        }
      }
    }
    surplus.forEach(Connection::end);
  }

  private Connection removeOldest() {
    Map.Entry<Origin, Deque<Connection>> oldest = null;
    for (Map.Entry<Origin, Deque<Connection>> entry : idle.entrySet()) {
      if (oldest == null
          || entry.getValue().getLast().idleSince() - oldest.getValue().getLast().idleSince() < 0) {
        oldest = entry;
      }
    }
    if (oldest == null) {
      throw new IllegalStateException("counted connections that are not there");
    }
    Connection found = oldest.getValue().removeLast();
    removed(oldest.getKey(), oldest.getValue());
    return found;
  }

  private void removed(Origin origin, Deque<Connection> own) {
    size--;
    if (own.isEmpty()) {
      idle.remove(origin);
    }
  }

  /** Ends what was idle for too long. */
  void evict(long now) {
    long oldest = now - options.get().idleConnTimeout().toNanos();
    List<Connection> old = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Deque<Connection>> all = idle.values().iterator(); all.hasNext(); ) {
        Deque<Connection> own = all.next();
        while (!own.isEmpty() && own.getLast().idleSince() - oldest < 0) {
          old.add(own.removeLast());
          size--;
        }
        if (own.isEmpty()) {
          all.remove();
        }
      }
    }
    old.forEach(Connection::end);
  }

  /** Number of idle connections. */
  synchronized int idle() {
    return size;
  }

  /** Ends all; what comes later is ended at once. */
  @Override
  public void close() {
    List<Connection> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      idle.values().forEach(all::addAll);
      idle.clear();
      size = 0;
    }
    all.forEach(Connection::end);
  }
}
