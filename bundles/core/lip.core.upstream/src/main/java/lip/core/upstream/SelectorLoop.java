package lip.core.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One platform thread that waits for the bytes of many answers and runs what waits for them. A lone
 * event then costs one wake-up, and a silent stream no stack.
 */
final class SelectorLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A stream's turn takes microseconds. */
  private static final long LONG = TimeUnit.SECONDS.toNanos(1);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Selector selector;
  private final Thread thread;
  private volatile boolean ended;
  private volatile @Nullable SelectorLoop successor;

  /** When what runs now began; 0 = nothing does. Not exact: read by who looks for a hanging one. */
  private volatile long busySince;

  // Of whoever looks.
  private long lookedAt;
  private long cpuThen;

  private SelectorLoop(Selector selector, int number) {
    this.selector = selector;
    this.thread = Thread.ofPlatform().daemon().name("lip-streams-" + number).unstarted(this::run);
  }

  static SelectorLoop start(int number) throws IOException {
    SelectorLoop loop = new SelectorLoop(Selector.open(), number);
    loop.thread.start();
    return loop;
  }

  /** Whether this is its thread, and it was not replaced. */
  boolean isCurrent() {
    return Thread.currentThread() == thread && successor == null;
  }

  /** This one, or who took its place. */
  SelectorLoop live() {
    SelectorLoop live = this;
    for (SelectorLoop next = successor; next != null; next = next.successor) {
      live = next;
    }
    return live;
  }

  /** Runs something on the thread of the live loop, soon; it must not block. */
  void execute(Runnable task) {
    tasks.add(task);
    SelectorLoop next = successor;
    if (next != null) {
      handOver(next);
    } else if (!isCurrent()) {
      selector.wakeup();
    }
  }

  /** Has it select anew, which lets go of cancelled keys. Any thread. */
  void wake() {
    if (!isCurrent()) {
      selector.wakeup();
    }
  }

  private void handOver(SelectorLoop next) {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      next.execute(task);
    }
  }

  /** Watches a channel for bytes; on the loop's thread. */
  SelectionKey register(SocketChannel channel, Arrival arrival) throws ClosedChannelException {
    try {
      return channel.register(selector, SelectionKey.OP_READ, arrival);
    } catch (CancelledKeyException _) {
      // Its key of the exchange before is cancelled and goes with the next selection.
      flush();
      return channel.register(selector, SelectionKey.OP_READ, arrival);
    }
  }

  private void flush() {
    try {
      selector.selectNow();
      // What has bytes is selected again.
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    while (!ended) {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        work(null, task);
      }
      try {
        selector.select(this::look);
      } catch (IOException e) {
        LOG.error("waiting for the bytes of answers failed", e);
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      LOG.warn("a selector could not be closed", e);
    }
  }

  private void look(SelectionKey key) {
    work(key, null);
  }

  /** Runs what a key or a task has to do; a failure is that stream's own. */
  private void work(@Nullable SelectionKey key, @Nullable Runnable task) {
    busySince = System.nanoTime();
    try {
      if (task != null) {
        task.run();
      } else if (key != null && key.attachment() instanceof Arrival arrival) {
        arrival.arrived(key);
      }
    } catch (CancelledKeyException _) {
      // Closed meanwhile: who closed it has told.
    } catch (Throwable e) {
      LOG.error("a stream failed in the loop", e);
    } finally {
      busySince = 0;
    }
  }

  /**
   * Whether what runs now has taken so long that it hangs or burns: a machine that is busy with
   * other things leaves the thread runnable and without CPU time. By one thread, now and then.
   */
  boolean hangs(long now) {
    long since = busySince;
    if (since == 0 || since != lookedAt) {
      lookedAt = since;
      cpuThen = since == 0 ? 0 : cpu();
      return false;
    }
    long taken = now - since;
    return taken > LONG
        && (thread.getState() != Thread.State.RUNNABLE
            || cpu() - cpuThen > LONG / 2
            || taken > 10 * LONG);
  }

  private long cpu() {
    return THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread.threadId()) : 0;
  }

  /** What its thread does at the moment, for people. */
  List<StackTraceElement> stack() {
    return List.of(thread.getStackTrace());
  }

  /** Ends the loop when what it runs has come back; what waits here goes on in another one. */
  void end(SelectorLoop next) {
    successor = next;
    ended = true;
    handOver(next);
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Arrival arrival) {
        next.execute(arrival::register);
      }
    }
    selector.wakeup();
  }

  /** Ends the loop. */
  void end() {
    ended = true;
    selector.wakeup();
  }
}
