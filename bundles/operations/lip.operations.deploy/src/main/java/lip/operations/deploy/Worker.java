package lip.operations.deploy;

import java.time.Duration;

/**
 * Runs what the deployer decides, one task after the other; what comes after the end is dropped.
 */
interface Worker extends AutoCloseable {
  /** Runs a task once the delay has passed; a task that throws is told in the log. */
  void after(Duration delay, Runnable task);

  @Override
  void close();
}
