package lip.testing.system.soak;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import lip.testing.system.Wait;
import org.jspecify.annotations.Nullable;

/** Starts requests at random moments and counts what is wrong. */
final class Requests implements AutoCloseable {
  /** More at a time are not started: the machine is too slow for the rate. */
  private static final int MOST = 500;

  private final Client client;
  private final Mix mix;
  private final Random random;
  private final double rate;
  private final Supplier<Floors> floors;
  private final Faults faults;
  private final Map<String, AtomicLong> made = new ConcurrentSkipListMap<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong heldBack = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread pacer =
      Thread.ofPlatform().name("soak-pacer").daemon().unstarted(this::pace);
  private volatile boolean paused = true;
  private volatile boolean stopped;

  Requests(
      Client client, Mix mix, Random random, double rate, Supplier<Floors> floors, Faults faults) {
    this.client = client;
    this.mix = mix;
    this.random = random;
    this.rate = rate;
    this.floors = floors;
    this.faults = faults;
    pacer.start();
  }

  void resume() {
    paused = false;
  }

  /** No new requests; those that run go on. */
  void pause() {
    paused = true;
  }

  /** Requests that run. */
  int running() {
    return running.get();
  }

  /** Requests by kind. */
  Map<String, AtomicLong> made() {
    return made;
  }

  long count() {
    return made.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** Requests that were not made because too many ran. */
  long heldBack() {
    return heldBack.get();
  }

  private void pace() {
    long due = System.nanoTime();
    while (!stopped) {
      due += (long) (-Math.log(1 - random.nextDouble()) * 1e9 / rate);
      Wait.untilNanos(due);
      due = Math.max(due, System.nanoTime() - 1_000_000_000L);
      if (paused) {
        continue;
      }
      if (running.get() >= MOST) {
        heldBack.incrementAndGet();
        continue;
      }
      Ask ask = mix.next();
      var own = new Random(random.nextLong());
      String trace = "%016x%016x".formatted(own.nextLong(), own.nextLong());
      running.incrementAndGet();
      threads.execute(() -> run(ask, trace, own));
    }
  }

  private void run(Ask ask, String trace, Random own) {
    try {
      @Nullable String wrong = client.make(ask, trace, floors.get(), own);
      made.computeIfAbsent(ask.kind(), _ -> new AtomicLong()).incrementAndGet();
      if (wrong != null && !stopped) {
        faults.wrongAnswer(ask, trace, wrong);
      }
    } catch (RuntimeException e) {
      faults.wrongAnswer(ask, trace, "the checker failed: " + e);
    } finally {
      running.decrementAndGet();
    }
  }

  @Override
  public void close() {
    stopped = true;
    pacer.interrupt();
    threads.shutdownNow();
    client.close();
  }
}
