package lip.testing.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * A target whose memory is bounded by its input: what it allocates on its thread is counted.
 *
 * @param target what is fed
 */
record Bounded(Target target) implements Target {
  private static final long AT_MOST = 4L << 20;
  private static final long PER_BYTE = 4 * 1024;

  @Override
  public void take(byte[] bytes) throws Exception {
    if (allocates(bytes) > limit(bytes)) {
      // The first time classes were loaded, and under Jazzer rewritten, on this thread.
      long again = allocates(bytes);
      Expect.that(
          again <= limit(bytes), bytes.length + " bytes of input made it allocate " + again);
    }
  }

  private static long limit(byte[] bytes) {
    return AT_MOST + PER_BYTE * bytes.length;
  }

  private long allocates(byte[] bytes) throws Exception {
    ThreadMXBean threads =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting ? counting : null;
    long before = threads == null ? 0 : threads.getCurrentThreadAllocatedBytes();
    target.take(bytes);
    return threads == null ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
  }
}
