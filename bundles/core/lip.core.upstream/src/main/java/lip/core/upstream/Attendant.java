package lip.core.upstream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lip.core.gateway.Looks;

/**
 * Enforces the limits of all exchanges and evicts idle connections. A platform thread, so that busy
 * carriers cannot delay it; limits are not left to the sockets because a timed read costs half as
 * much again on a virtual thread.
 */
final class Attendant implements AutoCloseable {
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(25);

  /** Between two looks while no limit is near; a shorter limit may be found out that much late. */
  private static final long CALM_TICK = TimeUnit.MILLISECONDS.toNanos(250);

  /** When a limit is near: further away than two looks ever are. */
  private static final long NEAR = (Looks.SLOWEST + 1) * CALM_TICK;

  private static final long EVICTION = TimeUnit.SECONDS.toNanos(1);

  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private final ConnectionPool pool;
  private final SelectorLoops loops;
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean stopped;

  private Attendant(ConnectionPool pool, SelectorLoops loops) {
    this.pool = pool;
    this.loops = loops;
    this.thread = Thread.ofPlatform().daemon().name("lip-upstream-attendant").unstarted(this::run);
  }

  /** Starts one. */
  static Attendant start(ConnectionPool pool, SelectorLoops loops) {
    Attendant attendant = new Attendant(pool, loops);
    attendant.thread.start();
    return attendant;
  }

  /** Looks after an exchange from now on. */
  void watch(Exchange exchange) {
    exchanges.add(exchange);
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /** Forgets an exchange that ended. */
  void forget(Exchange exchange) {
    exchanges.remove(exchange);
  }

  int watched() {
    return exchanges.size();
  }

  private void run() {
    long lastBusy = System.nanoTime();
    long lastEviction = lastBusy;
    while (!stopped) {
      long now = System.nanoTime();
      long left = Long.MAX_VALUE;
      for (Exchange exchange : exchanges) {
        left = Math.min(left, exchange.check(now));
      }
      loops.look(now);
      if (now - lastEviction >= EVICTION) {
        lastEviction = now;
        pool.evict(now);
      }
      if (!exchanges.isEmpty()) {
        lastBusy = now;
      }
      // Sleep deeply only after a while: waking a thread for every call of a quiet client is dear.
      if (now - lastBusy < EVICTION) {
        LockSupport.parkNanos(this, left < NEAR ? TICK : Looks.apart(CALM_TICK, exchanges.size()));
      } else {
        sleep();
      }
    }
  }

  private void sleep() {
    asleep = true;
    if (exchanges.isEmpty() && !stopped) {
      if (pool.idle() > 0) {
        LockSupport.parkNanos(this, EVICTION);
      } else {
        LockSupport.park(this);
      }
    }
    asleep = false;
  }

  /** Ends the thread and all exchanges. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    for (Exchange exchange : exchanges) {
      exchange.end(Exchange.Ending.STOPPED);
    }
  }
}
