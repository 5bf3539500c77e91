package lip.core.instances;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lip.core.snapshot.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Swaps the snapshot. A burst of changes becomes one: publishing waits until nothing more is on its
 * way, but never long, so that a plugin which takes its time holds up nobody. What the new snapshot
 * no longer holds is let go after the swap.
 */
final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /**
   * How long a change waits for others.
   *
   * @param quiet since the last change
   * @param most since the first one
   */
  record Window(Duration quiet, Duration most) {
    /** Ends early, with {@link #RUNNING}, when the framework is up. */
    static final Window BOOT = new Window(Duration.ofSeconds(1), Duration.ofSeconds(5));

    static final Window RUNNING = new Window(Duration.ofMillis(5), Duration.ofMillis(100));
  }

  private final AtomicReference<Edition> current = new AtomicReference<>(Edition.EMPTY);
  private final Supplier<Edition> build;
  private final Consumer<Live> retire;
  private final BooleanSupplier busy;
  private final Supplier<Window> window;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Live> leaving = new ArrayList<>();
  private final Object publishing = new Object();
  private final Thread thread;
  private long firstChange;
  private long lastChange;
  private boolean dirty;
  private boolean swapping;
  private boolean told;
  private boolean closed;

  Publisher(
      Supplier<Edition> build,
      Consumer<Live> retire,
      BooleanSupplier busy,
      Supplier<Window> window) {
    this.build = build;
    this.retire = retire;
    this.busy = busy;
    this.window = window;
    this.thread = Thread.ofPlatform().daemon().name("lip-publish").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Snapshot current() {
    return current.get().snapshot();
  }

  /** The current snapshot with what it was made of. */
  Edition edition() {
    return current.get();
  }

  AutoCloseable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** What lives changed; these instances go once the next snapshot is out. */
  synchronized void changed(List<Live> gone) {
    leaving.addAll(gone);
    long now = System.nanoTime();
    firstChange = dirty ? firstChange : now;
    lastChange = now;
    dirty = true;
    notifyAll();
  }

  /** Whether a change is not published yet. */
  synchronized boolean pending() {
    return dirty || swapping;
  }

  /** Only what is said about things changed: listeners look again. */
  synchronized void told() {
    told = true;
    notifyAll();
  }

  /** Publishes what there is, on the calling thread. */
  void flush() {
    synchronized (publishing) {
      List<Live> gone;
      synchronized (this) {
        if (!dirty) {
          return;
        }
        dirty = false;
        swapping = true;
        gone = List.copyOf(leaving);
        leaving.clear();
      }
      Snapshot next;
      try {
        Edition built = build.get();
        current.set(built);
        next = built.snapshot();
      } finally {
        synchronized (this) {
          swapping = false;
          told = true;
        }
      }
      LOG.info(
          "snapshot published: generation={} routes={} backends={} features={}",
          next.generation(),
          next.routes().routes().size(),
          next.backends().size(),
          next.features().size());
      gone.forEach(retire);
    }
    synchronized (this) {
      notifyAll();
    }
  }

  private void run() {
    try {
      while (awaitWork()) {
        try {
          flush();
        } catch (RuntimeException e) {
          // The next change must still be published.
          LOG.error("a snapshot could not be built", e);
        }
        tell();
      }
    } catch (InterruptedException _) {
      LOG.debug("the publisher ends");
    }
  }

  /** False when closed. */
  private synchronized boolean awaitWork() throws InterruptedException {
    while (!closed) {
      if (!dirty) {
        if (told) {
          return true;
        }
        wait();
        continue;
      }
      Window now = window.get();
      long elapsed = System.nanoTime() - firstChange;
      long quiet = System.nanoTime() - lastChange;
      if (elapsed >= now.most().toNanos()
          || (quiet >= now.quiet().toNanos() && !busy.getAsBoolean())) {
        return true;
      }
      wait(Math.clamp(now.quiet().toMillis(), 1, 20));
    }
    return false;
  }

  private void tell() {
    synchronized (this) {
      if (!told) {
        return;
      }
      told = false;
    }
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        // One listener must not silence the others.
        LOG.error("a listener of the snapshot failed", e);
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }
}
