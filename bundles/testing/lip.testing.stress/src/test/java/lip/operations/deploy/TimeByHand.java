package lip.operations.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The deployer's thread; what is to wait does so until it is told that the time has come. */
final class TimeByHand implements Worker {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("deploy").factory());
  private final List<Runnable> later = new ArrayList<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  @Override
  public void after(Duration delay, Runnable task) {
    if (delay.isZero()) {
      run(task);
    } else {
      synchronized (later) {
        later.add(task);
      }
    }
  }

  private void run(Runnable task) {
    queued.incrementAndGet();
    try {
      thread.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          queued.decrementAndGet();
        }
      });
    } catch (RejectedExecutionException e) {
      queued.decrementAndGet();
    }
  }

  /** All delays of now are over. */
  void pass() {
    List<Runnable> due;
    synchronized (later) {
      due = List.copyOf(later);
      later.clear();
    }
    due.forEach(this::run);
  }

  /** Whether nothing runs and nothing waits. */
  boolean idle() {
    synchronized (later) {
      return later.isEmpty() && queued.get() == 0;
    }
  }

  /** What a task threw. */
  Throwable failure() {
    return failure.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
