package lip.operations.deploy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker of a running platform. */
final class DeployThread implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(DeployThread.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lip-deploy").factory());

  @Override
  public void after(Duration delay, Runnable task) {
    try {
      var _ = thread.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the deployer is closed", e);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // The worker must outlive a task that failed.
      LOG.error("deployer task failed", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
