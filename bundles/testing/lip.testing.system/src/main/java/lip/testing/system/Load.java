package lip.testing.system;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Streams and a request loop around one change. */
final class Load implements AutoCloseable {
  private static final int LOOPS = 4;
  private static final long LOOP_NANOS = 50_000_000;

  private final Instance instance;
  private final Tally streams = new Tally();
  private final Tally requests = new Tally();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong lastAnswer = new AtomicLong(System.nanoTime());
  private final List<Future<?>> running = new ArrayList<>();
  private final List<Future<?>> loops = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Traffic asked;
  private volatile String lastVersion = "";
  private volatile boolean stopped;
  private volatile boolean doorMayClose;
  private volatile boolean followed;
  private volatile boolean mayEnd;

  /** Starts the request loop. */
  Load(Instance instance, Traffic requests) {
    this.instance = instance;
    asked = requests;
    for (int i = 0; i < LOOPS; i++) {
      long offset = i * LOOP_NANOS / LOOPS;
      loops.add(threads.submit(() -> loop(offset)));
    }
  }

  Instance instance() {
    return instance;
  }

  Tally streams() {
    return streams;
  }

  Tally requests() {
    return requests;
  }

  /** Opens more streams and waits until each has its first cell; returns how many are open now. */
  int open(int count, Traffic traffic) {
    var begun = new CountDownLatch(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + i * 8_000_000L;
      running.add(
          threads.submit(() -> {
            Wait.untilNanos(due);
            stream(traffic, begun);
          }));
    }
    try {
      if (!begun.await(30, java.util.concurrent.TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            begun.getCount() + " streams do not begin: " + streams.reasons() + "\n" + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return open.get();
  }

  private String tail() {
    String log = instance.log();
    return log.substring(Math.max(0, log.length() - 3000));
  }

  /** Streams open now. */
  int open() {
    return open.get();
  }

  /** From now on the loop asks for something else. */
  void ask(Traffic other) {
    asked = other;
  }

  /** From now on streams may end with an error of the protocol. */
  void streamsMayEnd() {
    mayEnd = true;
  }

  /** From now on the loop looks for the address before each request. */
  void followAddress() {
    followed = true;
  }

  /** From now on requests may be refused before they are taken. */
  void doorMayClose() {
    doorMayClose = true;
  }

  /** Waits until the last answer of the loop is of a version; returns how long it took, in ms. */
  long awaitAnswerOf(String version) {
    return awaitAnswer("an answer of " + version, last -> last.contains(version));
  }

  /** Waits until the last answer of the loop satisfies a condition. */
  long awaitAnswer(String what, Predicate<String> condition) {
    return Wait.until(
        what,
        Duration.ofSeconds(60),
        () -> condition.test(lastVersion),
        () -> requests.versions() + " " + requests.reasons() + "\n" + tail());
  }

  /** Waits for the end of all streams. */
  void awaitStreams() {
    await(running);
  }

  /** Ends the request loop. */
  void stop() {
    stopped = true;
    await(loops);
  }

  private static void await(List<Future<?>> futures) {
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void stream(Traffic traffic, CountDownLatch begun) {
    boolean counted = false;
    var reading = new Reading(traffic);
    try (var connection = new Connection(instance.port())) {
      int status = connection.post(traffic.path(), traffic.type(), traffic.body());
      if (status != 200) {
        streams.failed("status " + status + " " + connection.body());
        return;
      }
      long last = System.nanoTime();
      for (byte[] piece = connection.next(); piece != null; piece = connection.next()) {
        reading.take(piece);
        long now = System.nanoTime();
        streams.gap(now - last);
        last = now;
        if (!counted && (reading.cells() > 0 || reading.error() != null)) {
          counted = true;
          open.incrementAndGet();
          begun.countDown();
        }
      }
      judge(reading, streams);
    } catch (IOException e) {
      broken(reading, streams, e);
    } finally {
      if (counted) {
        open.decrementAndGet();
      } else {
        begun.countDown();
      }
    }
  }

  private void judge(Reading reading, Tally tally) {
    String alteration = reading.alteration();
    if (alteration != null) {
      tally.altered(alteration);
    } else if (reading.error() != null) {
      error(reading, tally);
    } else if (!reading.whole()) {
      tally.truncated("no end after " + reading.cells() + " cells of " + reading.version());
    } else {
      tally.answered(reading.version());
    }
  }

  private void error(Reading reading, Tally tally) {
    if (mayEnd) {
      tally.ended();
    } else {
      tally.failed(String.valueOf(reading.error()));
    }
  }

  private void broken(Reading reading, Tally tally, IOException e) {
    if (reading.error() != null) {
      // The error record came first: that is how these protocols end a stream that failed.
      error(reading, tally);
    } else {
      tally.truncated(e + " after " + reading.cells() + " cells of " + reading.version());
    }
  }

  private void loop(long offset) {
    @Nullable Connection connection = null;
    int port = 0;
    long due = System.nanoTime() + offset;
    while (!stopped) {
      Wait.untilNanos(due);
      due = Math.max(due + LOOP_NANOS, System.nanoTime());
      try {
        if (doorMayClose || followed) {
          instance.refresh();
        }
        if (connection == null || port != instance.port()) {
          close(connection);
          connection = null;
          port = instance.port();
          connection = new Connection(port);
        }
        if (!request(connection)) {
          close(connection);
          connection = null;
        }
      } catch (IOException e) {
        close(connection);
        connection = null;
        if (doorMayClose) {
          // Before the first byte of an answer: the door closed, or was closed.
          requests.refused();
        } else {
          requests.failed("request: " + e);
        }
      }
    }
    close(connection);
  }

  /** One request; whether the connection can be used again. */
  private boolean request(Connection connection) throws IOException {
    Traffic traffic = asked;
    var reading = new Reading(traffic);
    int status = connection.post(traffic.path(), traffic.type(), traffic.body());
    if (status != 200) {
      String body = connection.body();
      if (status == 503 && doorMayClose) {
        requests.refused();
      } else {
        requests.failed("status " + status + " " + body);
      }
      return connection.reusable();
    }
    try {
      for (byte[] piece = connection.next(); piece != null; piece = connection.next()) {
        reading.take(piece);
      }
    } catch (IOException e) {
      broken(reading, requests, e);
      return false;
    }
    judge(reading, requests);
    lastVersion = reading.version();
    long now = System.nanoTime();
    requests.gap(now - lastAnswer.getAndSet(now));
    return connection.reusable();
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
