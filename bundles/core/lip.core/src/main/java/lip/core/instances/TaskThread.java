package lip.core.instances;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one task after the other on a virtual thread; one that fails does not stop the next. */
final class TaskThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskThread.class);

  private final String name;
  private final ExecutorService thread;

  TaskThread(String name) {
    this.name = name;
    thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
  }

  /** Does a task when those before it are done; not at all once this is closed. */
  void later(Runnable task) {
    try {
      thread.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          // What comes next must still be done.
          LOG.error("a task failed: thread={}", name, e);
        }
      });
    } catch (RejectedExecutionException e) {
      LOG.debug("closed, a task is left undone: thread={}", name, e);
    }
  }

  /** What waits already is still done. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
