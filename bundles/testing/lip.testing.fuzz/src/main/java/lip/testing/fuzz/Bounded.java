package lip.testing.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * A target whose memory is bounded by its input: what it allocates on its thread is counted.
 *
 * @param target what is fed
 */
record Bounded(Target target) implements Target {
  /** Includes what is loaded and compiled at first use. */
  private static final long AT_MOST = 64L << 20;

  private static final long PER_BYTE = 16 * 1024;

  @Override
  public void take(byte[] bytes) throws Exception {
    ThreadMXBean threads =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting ? counting : null;
    long before = threads == null ? 0 : threads.getCurrentThreadAllocatedBytes();
    target.take(bytes);
    long after = threads == null ? 0 : threads.getCurrentThreadAllocatedBytes();
    Expect.that(
        after - before <= AT_MOST + PER_BYTE * bytes.length,
        bytes.length + " bytes of input made it allocate " + (after - before));
  }
}
