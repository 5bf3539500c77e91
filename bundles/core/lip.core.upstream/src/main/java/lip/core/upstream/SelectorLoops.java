package lip.core.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import lip.core.gateway.KeptThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loops of a client, one for two processors. One that hangs in somebody's code is replaced:
 * what else waits there goes on in a new one.
 */
final class SelectorLoops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SelectorLoops.class);

  private final AtomicReferenceArray<SelectorLoop> loops;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();
  private final KeptThreads kept;

  private SelectorLoops(int count, KeptThreads kept) throws IOException {
    this.kept = kept;
    loops = new AtomicReferenceArray<>(count);
    for (int i = 0; i < count; i++) {
      loops.set(i, SelectorLoop.start(started.incrementAndGet()));
    }
  }

  static SelectorLoops start(KeptThreads kept) {
    try {
      return new SelectorLoops(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), kept);
    } catch (IOException e) {
      throw new UncheckedIOException("no selector for the streams", e);
    }
  }

  /** The loop for another connection. */
  SelectorLoop next() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.length()));
  }

  /** Replaces loops that hang; by one thread. */
  void look(long now) {
    for (int i = 0; i < loops.length(); i++) {
      SelectorLoop loop = loops.get(i);
      if (loop.hangs(now)) {
        replace(i, loop);
      }
    }
  }

  private void replace(int index, SelectorLoop hanging) {
    List<StackTraceElement> stack = hanging.stack();
    LOG.warn(
        "a stream keeps the thread of many; the others go on without it. It hangs in {}", stack);
    kept.kept(stack);
    try {
      SelectorLoop successor = SelectorLoop.start(started.incrementAndGet());
      loops.set(index, successor);
      hanging.end(successor);
    } catch (IOException e) {
      LOG.error("no selector to replace the one of a thread that hangs", e);
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < loops.length(); i++) {
      loops.get(i).end();
    }
  }
}
