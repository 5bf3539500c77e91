package lip.testing.benchmarks;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import lip.testing.benchmarks.Stage.Body;
import lip.testing.benchmarks.Stage.Measured;
import lip.testing.benchmarks.load.Expected;
import lip.testing.benchmarks.load.Order;
import lip.testing.benchmarks.load.Reading;
import lip.testing.benchmarks.upstream.Mode;

/** The cases; what each figure means stands in docs/operations/benchmarks.md. */
final class Cases {
  /** Their names in the order they are run. */
  static final List<String> WORDS =
      List.of(
          "unary",
          "large",
          "burst",
          "paced",
          "added",
          "first",
          "idle",
          "gone",
          "start",
          "allocation");

  private static final int UNARY = 20_000;
  private static final int LARGE = 8_000;
  private static final int BURST = 1_500;
  private static final int PACED = 250;
  private static final int RATE = 300;
  private static final int FIRST_RATE = 50;
  private static final int VANISHING = 20;

  private final Stage stage;
  private final Options options;
  private final Results results;

  Cases(Stage stage, Options options, Results results) {
    this.stage = stage;
    this.options = options;
    this.results = results;
  }

  /** Starts a target that then serves all rounds. */
  void start(Target target) throws IOException {
    System.err.println("starting " + target.name());
    FirstCall.start(target, target.route(Mode.UNARY), small());
  }

  private String small() {
    return stage.file(Pair.USUAL.client(), Body.SMALL);
  }

  private String streamed() {
    return stage.file(Pair.USUAL.client(), Body.STREAMED);
  }

  /** Runs a case; only those of {@link Relay#WORDS} look at the pair. */
  void run(String word, Pair pair, Target target, int round)
      throws IOException, InterruptedException {
    try {
      switch (word) {
        case "unary" -> text(new Relay(word, pair), Body.SMALL, UNARY, target, round);
        case "large" -> text(new Relay(word, pair), Body.LARGE, LARGE, target, round);
        case "burst" -> burst(new Relay(word, pair), target, round);
        case "paced" -> paced(new Relay(word, pair), target, round);
        case "added" -> added(target, round);
        case "first" -> first(target, round);
        case "idle" -> idle(target, round);
        case "gone" -> gone(target, round);
        case "start" -> fresh(target, round);
        case "allocation" -> allocation(target, round);
        default -> throw new IllegalArgumentException(word);
      }
    } catch (Stage.Wrong e) {
      String name = pair.name(word);
      System.err.printf(
          "round %d %s %s FAILED: %s%n", round + 1, name, target.name(), e.getMessage());
      results.failed(target, name, round, String.valueOf(e.getMessage()));
    }
  }

  private void put(Target target, int round, String figure, double value) {
    System.err.printf(
        "round %d/%d %s %s %.2f%n", round + 1, options.rounds(), figure, target.name(), value);
    results.put(target.name(), figure, round, value);
  }

  private void cpu(Target target, int round, Relay relay, double micros) {
    if (target.measured()) {
      put(target, round, relay.cpu(), micros);
    }
  }

  private void text(Relay relay, Body body, int calls, Target target, int round)
      throws InterruptedException {
    Measured measured = stage.run(target, text(target, relay.pair(), body, calls));
    cpu(target, round, relay, measured.micros(calls));
    put(target, round, relay.name() + ".calls_s", calls / measured.reading().figure("seconds"));
  }

  private Order text(Target target, Pair pair, Body body, int calls) {
    return Order.closed(
        target.route(Mode.UNARY, pair), stage.file(pair.client(), body), 16, calls, Expected.TEXT);
  }

  private Order streams(Target target, Pair pair, Mode mode, int connections, int total) {
    return Order.closed(
        target.route(mode, pair),
        stage.file(pair.client(), Body.STREAMED),
        connections,
        total,
        Expected.STREAM);
  }

  private void burst(Relay relay, Target target, int round) throws InterruptedException {
    Measured measured = stage.run(target, streams(target, relay.pair(), Mode.BURST, 8, BURST));
    Reading reading = measured.reading();
    cpu(target, round, relay, measured.micros(BURST * (double) Mode.EVENTS));
    put(
        target,
        round,
        relay.name() + ".events_s",
        reading.figure("events") / reading.figure("seconds"));
  }

  private void paced(Relay relay, Target target, int round) throws InterruptedException {
    Measured measured = stage.run(target, streams(target, relay.pair(), Mode.PACED, PACED, PACED));
    Reading reading = measured.reading();
    cpu(target, round, relay, measured.micros(PACED * (double) Mode.EVENTS));
    put(target, round, relay.name() + ".delay_p50_us", reading.figure("delay.p50"));
    put(target, round, relay.name() + ".delay_p99_us", reading.figure("delay.p99"));
  }

  private void added(Target target, int round) throws InterruptedException {
    Order order =
        Order.open(target.route(Mode.UNARY), small(), RATE, options.seconds(), Expected.TEXT);
    Measured measured = stage.run(target, order);
    put(target, round, "added.p50_us", measured.reading().figure("latency.p50"));
    put(target, round, "added.p99_us", measured.reading().figure("latency.p99"));
  }

  private void first(Target target, int round) throws InterruptedException {
    Order order =
        Order.open(
            target.route(Mode.BULK), streamed(), FIRST_RATE, options.seconds(), Expected.STREAM);
    Measured measured = stage.run(target, order);
    put(target, round, "first.p50_us", measured.reading().figure("first.p50"));
    put(target, round, "first.p99_us", measured.reading().figure("first.p99"));
  }

  /** Many open streams cost nothing while they are silent. */
  private void idle(Target target, int round) throws InterruptedException {
    if (!target.measured()) {
      return;
    }
    stage.hold(target, options.streams());
    pause(2000);
    double before = target.tree().cpu();
    long start = System.nanoTime();
    pause(5000);
    double used = target.tree().cpu() - before;
    put(target, round, "idle.cpu_percent", used / ((System.nanoTime() - start) / 1e9) * 100);
    put(target, round, "idle.threads", target.tree().threads());
    stage.stillHeld();
    int closed = stage.drop(options.streams(), 20_000).size();
    if (closed < options.streams()) {
      throw new Stage.Wrong(
          "%d of %d streams closed upstream".formatted(closed, options.streams()));
    }
  }

  /** The client goes while the upstream is silent. */
  private void gone(Target target, int round) throws InterruptedException {
    if (!target.measured()) {
      return;
    }
    stage.hold(target, VANISHING);
    pause(1000);
    List<Double> gaps = stage.drop(VANISHING, 3000);
    if (gaps.size() < VANISHING) {
      throw new Stage.Wrong("%d of %d streams closed in 3 s".formatted(gaps.size(), VANISHING));
    }
    Collections.sort(gaps);
    put(target, round, "gone.p50_ms", gaps.get(VANISHING / 2));
    put(target, round, "gone.max_ms", gaps.getLast());
  }

  /** One more process, just started: its first calls, and what silent streams take from it. */
  private void fresh(Target target, int round) throws IOException, InterruptedException {
    if (!target.measured()) {
      return;
    }
    try (Target fresh = target.another()) {
      put(
          target,
          round,
          "start.first_200_ms",
          FirstCall.start(fresh, fresh.route(Mode.UNARY), small()));
      Measured calls =
          stage.run(fresh, Order.closed(fresh.route(Mode.UNARY), small(), 1, 200, Expected.TEXT));
      put(target, round, "start.calls_p50_us", calls.reading().figure("latency.p50"));
      put(target, round, "start.calls_p99_us", calls.reading().figure("latency.p99"));
      put(target, round, "start.rss_mb", fresh.tree().rss() / 1024);
      silent(target, fresh, round);
    }
  }

  private void silent(Target target, Target fresh, int round) throws InterruptedException {
    int streams = options.streams();
    stage.run(fresh, streams(fresh, Pair.USUAL, Mode.BULK, 8, 200));
    double before = fresh.tree().rss();
    stage.hold(fresh, streams);
    pause(2000);
    put(target, round, "silent.rss_kb", (fresh.tree().rss() - before) / streams);
    DoubleSupplier heap = fresh instanceof Product product ? product::liveHeap : () -> Double.NaN;
    double full = heap.getAsDouble();
    stage.stillHeld();
    if (stage.drop(streams, 20_000).size() < streams) {
      throw new Stage.Wrong("not all of %d streams closed upstream".formatted(streams));
    }
    if (fresh.java()) {
      pause(1000);
      put(target, round, "silent.heap_kb", (full - heap.getAsDouble()) / 1024 / streams);
    }
  }

  /** Bytes allocated by all threads, asked over JMX: threads, virtual ones included. */
  private void allocation(Target target, int round) throws IOException, InterruptedException {
    if (!target.java()) {
      return;
    }
    try (Target fresh = target.another()) {
      FirstCall.start(fresh, fresh.route(Mode.UNARY), small());
      stage.run(fresh, text(fresh, Pair.USUAL, Body.SMALL, UNARY));
      stage.run(fresh, streams(fresh, Pair.USUAL, Mode.BURST, 8, BURST));
      try (var counter = new Allocation(fresh.pid())) {
        put(
            target,
            round,
            "allocation.unary_bytes",
            counter.of(() -> stage.run(fresh, text(fresh, Pair.USUAL, Body.SMALL, 5000))) / 5000);
        put(
            target,
            round,
            "allocation.large_bytes",
            counter.of(() -> stage.run(fresh, text(fresh, Pair.USUAL, Body.LARGE, 1000))) / 1000);
        put(
            target,
            round,
            "allocation.burst_event_bytes",
            counter.of(() -> stage.run(fresh, streams(fresh, Pair.USUAL, Mode.BURST, 8, 500)))
                / 500
                / Mode.EVENTS);
        put(
            target,
            round,
            "allocation.paced_event_bytes",
            counter.of(() -> stage.run(fresh, streams(fresh, Pair.USUAL, Mode.PACED, 100, 100)))
                / 100
                / Mode.EVENTS);
      }
    }
  }

  /** What a target holds when all rounds are done, at once and after a rest. */
  void end(Target target) {
    if (!target.measured()) {
      return;
    }
    int last = options.rounds() - 1;
    put(target, last, "end.rss_mb", target.tree().rss() / 1024);
    pause(15_000);
    put(target, last, "end.rss_after_rest_mb", target.tree().rss() / 1024);
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
