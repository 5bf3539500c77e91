package lip.core.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import lip.core.gateway.Looks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time for all exchanges: one platform thread looks at each of them a few times a second. It waits
 * for no lock and no client; what may block runs on a virtual thread.
 */
final class Attendant implements AutoCloseable {
  /** Something to look after. */
  interface Charge {
    /** Looks at the clock; quick, never blocks. */
    void look(long now);
  }

  private static final Logger log = LoggerFactory.getLogger(Attendant.class);

  private final Set<Charge> charges = ConcurrentHashMap.newKeySet();
  private final long tick;
  private final Thread thread;
  private volatile boolean closed;

  Attendant(Duration tick) {
    this.tick = tick.toNanos();
    this.thread = Thread.ofPlatform().daemon().name("lip-attendant").start(this::run);
  }

  void add(Charge charge) {
    charges.add(charge);
  }

  void remove(Charge charge) {
    charges.remove(charge);
  }

  int size() {
    return charges.size();
  }

  int count(Predicate<Charge> which) {
    int count = 0;
    for (Charge charge : charges) {
      count += which.test(charge) ? 1 : 0;
    }
    return count;
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(Looks.apart(tick, charges.size()));
      long now = System.nanoTime();
      for (Charge charge : charges) {
        try {
          charge.look(now);
        } catch (RuntimeException e) {
          log.error("the attendant failed on an exchange", e);
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
