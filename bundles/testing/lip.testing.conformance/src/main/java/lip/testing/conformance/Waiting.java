package lip.testing.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Work on another thread that must end. The limit is long: it is for what would never end. */
public final class Waiting {
  /** How long anything may take. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private Waiting() {}

  /** Starts work on a virtual thread of its own. */
  public static <T> Waiting.Work<T> begin(Callable<T> work) {
    var task = new FutureTask<>(work);
    return new Work<>(task, Thread.ofVirtual().name("conformance").start(task));
  }

  /** Checks again and again, until the check holds or the limit is over. */
  public static void until(Runnable check) {
    long end = System.nanoTime() + LIMIT.toNanos();
    for (; ; ) {
      try {
        check.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /**
   * Work under way.
   *
   * @param <T> its result
   */
  public static final class Work<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    private Work(FutureTask<T> task, Thread thread) {
      this.task = task;
      this.thread = thread;
    }

    /** Waits until the thread is blocked, or has ended. */
    public Work<T> untilBlocked() throws InterruptedException {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (thread.isAlive() && !blocked() && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      return this;
    }

    /** Its result. */
    public T result() throws Exception {
      try {
        return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      } catch (TimeoutException e) {
        thread.interrupt();
        throw new AssertionError("still not done after " + LIMIT, e);
      }
    }

    /** What it ended with, instead of a result. */
    public Throwable failure() throws Exception {
      try {
        T result = result();
        assertThat(result).as("ended with a result instead of an exception").isNull();
        throw new AssertionError("ended without an exception");
      } catch (TimeoutException e) {
        throw e;
      } catch (Exception e) {
        return e;
      }
    }

    private boolean blocked() {
      return switch (thread.getState()) {
        case WAITING, TIMED_WAITING, BLOCKED -> true;
        default -> false;
      };
    }
  }
}
