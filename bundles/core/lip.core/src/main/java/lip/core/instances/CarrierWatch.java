package lip.core.instances;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import lip.core.instances.MountedThreads.Place;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether virtual threads still get a carrier. Plugin code that burns CPU never yields its
 * carrier; when a probe does not run in time, the scheduler gets room for many more in one jump:
 * raised step by step it stays stuck. A burning thread cannot be ended, so the alarm looks for who
 * burns. Watch and alarm run on platform threads of their own: looking for who burns takes seconds,
 * and other burners may come meanwhile.
 *
 * <p>Room alone changes nothing. The scheduler (a {@code ForkJoinPool}) makes a worker only when
 * something is put into a queue that looked empty, or that has just grown; when all carriers burn,
 * every queue is backed up, and all wait for ever beside 62 carriers that nobody asks for. So the
 * watch kicks until a probe runs.
 *
 * <p>Room costs: each event then wakes more threads. A machine that stood still for a moment looks
 * like one that burns, so room that nobody needed is taken back after a while, and after a longer
 * one each time.
 */
final class CarrierWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CarrierWatch.class);

  /** What helped in trials; one step there, never two. */
  static final int ROOM = 64;

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration LATE = Duration.ofMillis(250);

  private static final Duration KICKED = Duration.ofMillis(20);
  private static final int KICKS = 20;

  /** As many as fill a queue of the scheduler that has not grown: that makes a worker as well. */
  private static final int KICK_THREADS = 64;

  /** When even the room is used up, kicks would only pile up. */
  private static final Duration PERIOD_FULL = Duration.ofSeconds(5);

  /** How long room stays that turned out not to be needed; twice as long the next time. */
  private static final Duration CALM = Duration.ofSeconds(30);

  private static final Duration MOST_CALM = Duration.ofHours(1);

  /** Whoever else burns finds room now and no probe is late: looked for again while one burns. */
  private static final Duration ALARM_AGAIN = Duration.ofSeconds(30);

  private final Prober probe;
  private final Prober kick;
  private final Room room;
  private final Supplier<Set<Place>> mounted;
  private final Alarm alarm;
  private final AtomicReference<@Nullable Thread> alarming = new AtomicReference<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("lip-carriers").unstarted(this::run);
  private boolean widened;
  private long late;
  private Duration calm;

  /** The parallelism of the scheduler of virtual threads. */
  interface Room {
    /** Gives room for so many. */
    void widen(int parallelism);

    /**
     * As it was at the start; false = so many run just now that the rest would stand still. Those
     * that burn always do.
     */
    boolean restore();
  }

  /** Looks whether virtual threads run; false when none did in time. */
  @FunctionalInterface
  interface Prober {
    boolean ranWithin(Duration limit) throws InterruptedException;
  }

  /** Told on a platform thread of its own, one at a time. */
  @FunctionalInterface
  interface Alarm {
    /** Looks for who burns; whether somebody does. */
    boolean starved() throws InterruptedException;
  }

  /**
   * Watches.
   *
   * @param mounted where the threads of requests run now
   * @param alarm called when virtual threads do not run, after the widening
   */
  CarrierWatch(Prober probe, Prober kick, Room room, Supplier<Set<Place>> mounted, Alarm alarm) {
    this(probe, kick, room, mounted, alarm, CALM);
  }

  CarrierWatch(
      Prober probe,
      Prober kick,
      Room room,
      Supplier<Set<Place>> mounted,
      Alarm alarm,
      Duration calm) {
    this.probe = probe;
    this.kick = kick;
    this.room = room;
    this.mounted = mounted;
    this.alarm = alarm;
    this.calm = calm;
  }

  void start() {
    thread.start();
  }

  /** The real probe; counts down when it runs. */
  static CountDownLatch probe() {
    CountDownLatch ran = new CountDownLatch(1);
    Thread.ofVirtual().name("lip-probe").start(ran::countDown);
    return ran;
  }

  /**
   * The real kick: a new platform thread has no queue of the scheduler yet and is given an empty
   * one where there is one; where there is none, the one it shares overflows.
   */
  static boolean kick(Duration limit) throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    Thread.ofPlatform()
        .daemon()
        .name("lip-kick")
        .start(() -> {
          for (int i = 0; i < KICK_THREADS; i++) {
            Thread.ofVirtual().name("lip-probe").start(ran::countDown);
          }
        });
    return ran.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    try {
      boolean full = false;
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(full ? PERIOD_FULL : PERIOD);
        full = !look();
      }
    } catch (InterruptedException _) {
      LOG.debug("the carrier watch ends");
    }
  }

  /**
   * One look; whether virtual threads run now. Before the widening a second probe tells a busy
   * machine or a collector's pause from burnt carriers.
   */
  boolean look() throws InterruptedException {
    if (probe.ranWithin(LATE) || (!widened && others())) {
      settle();
      return true;
    }
    late = System.nanoTime();
    if (!widened) {
      widened = true;
      room.widen(ROOM);
      LOG.error("virtual threads do not run: the scheduler is widened to {} carriers", ROOM);
    }
    boolean running = false;
    for (int i = 0; i < KICKS && !running; i++) {
      running = kick.ranWithin(KICKED);
    }
    startAlarm();
    return running;
  }

  /**
   * Whether a second probe runs, or another request has got a carrier meanwhile: under load the
   * scheduler may leave a probe outside for long while those inside take turns.
   */
  private boolean others() throws InterruptedException {
    Set<Place> before = mounted.get();
    return probe.ranWithin(LATE) || !before.containsAll(mounted.get());
  }

  private void startAlarm() {
    Thread looking = Thread.ofPlatform().daemon().name("lip-burners").unstarted(this::alarm);
    if (alarming.compareAndSet(null, looking)) {
      looking.start();
    }
  }

  private void alarm() {
    try {
      while (alarm.starved()) {
        Thread.sleep(ALARM_AGAIN);
      }
    } catch (InterruptedException _) {
      LOG.debug("the alarm of the carrier watch ends");
    } finally {
      alarming.set(null);
    }
  }

  /** Takes the room back when nothing was late for a while and nobody is known to burn. */
  private void settle() {
    if (widened
        && alarming.get() == null
        && System.nanoTime() - late >= calm.toNanos()
        && room.restore()) {
      widened = false;
      Duration twice = calm.multipliedBy(2);
      calm = twice.compareTo(MOST_CALM) < 0 ? twice : MOST_CALM;
      LOG.warn("virtual threads run in time: the scheduler is as it was at the start");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    Thread looking = alarming.get();
    if (looking != null) {
      looking.interrupt();
    }
  }
}
