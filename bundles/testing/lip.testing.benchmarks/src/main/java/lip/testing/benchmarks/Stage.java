package lip.testing.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lip.testing.benchmarks.load.Expected;
import lip.testing.benchmarks.load.LoadMain;
import lip.testing.benchmarks.load.Order;
import lip.testing.benchmarks.load.Reading;
import lip.testing.benchmarks.upstream.Dialect;
import lip.testing.benchmarks.upstream.Mode;
import lip.testing.benchmarks.upstream.UpstreamMain;

/** What stands around a target: the upstream behind it and the load before it. */
final class Stage implements AutoCloseable {
  private final Path work;
  private final OwnJvm upstream;
  private final OwnJvm load;
  private final Map<Mode, Integer> ports = new EnumMap<>(Mode.class);

  Stage(Path work) throws IOException, InterruptedException {
    this.work = work;
    for (Dialect dialect : Dialect.values()) {
      for (Body body : Body.values()) {
        Files.write(Path.of(file(dialect, body)), body.of(dialect));
      }
    }
    upstream = new OwnJvm(UpstreamMain.class, work.resolve("upstream.log"));
    load = new OwnJvm(LoadMain.class, work.resolve("load.log"));
    String line = upstream.next(20_000);
    if (line == null) {
      throw new IllegalStateException("the upstream does not start: see " + work);
    }
    String[] words = line.split(" ", -1);
    int at = 1;
    for (Mode mode : Mode.values()) {
      ports.put(mode, Integer.valueOf(words[at++]));
    }
    warmUp();
  }

  /** Letting go is timed, so neither side may do it for the first time. */
  private void warmUp() throws InterruptedException {
    var direct = new Target.Direct(this::port);
    for (int i = 0; i < 10; i++) {
      hold(direct, 50);
      drop(50, 5000);
    }
  }

  /** A request as the load takes it. */
  enum Body {
    SMALL,
    STREAMED,
    LARGE;

    private byte[] of(Dialect dialect) {
      return switch (this) {
        case SMALL -> Requests.small(dialect, false);
        case STREAMED -> Requests.small(dialect, true);
        case LARGE -> Requests.large(dialect, false);
      };
    }
  }

  /** The file of a request. */
  String file(Dialect dialect, Body body) {
    return work.resolve(dialect.word() + "-" + body + ".json").toString();
  }

  int port(Mode mode) {
    return ports.getOrDefault(mode, 0);
  }

  /** What a load gave and what it cost the target, in seconds of CPU. */
  record Measured(Reading reading, double cpu) {
    /** Microseconds of CPU for each of so many. */
    double micros(double count) {
      return cpu / count * 1e6;
    }
  }

  /** The answer was not what it must be. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  /** Carries out an order; all answers must be right. */
  Measured run(Target target, Order order) throws InterruptedException {
    double before = target.tree().cpu();
    Reading reading = Reading.parse(load.ask("run\t" + order.line()));
    double cpu = target.tree().cpu() - before;
    return new Measured(right(reading, order), cpu);
  }

  private static Reading right(Reading reading, Order order) {
    if (reading.figure("wrong") > 0 || reading.figure("done") != order.total()) {
      throw new Wrong(
          "%.0f of %d answers wrong: %s"
              .formatted(reading.figure("wrong"), order.total(), reading.problem()));
    }
    return reading;
  }

  /** Opens streams that send one event and then nothing; returns when all of them began. */
  void hold(Target target, int streams) throws InterruptedException {
    Order order =
        Order.closed(
            target.route(Mode.SILENT),
            file(Pair.USUAL.client(), Body.STREAMED),
            streams,
            streams,
            Expected.FIRST);
    right(Reading.parse(load.ask("hold\t" + order.line())), order);
  }

  /** Fails when a held stream ended by itself. */
  void stillHeld() throws InterruptedException {
    Reading reading = Reading.parse(load.ask("look"));
    if (reading.figure("wrong") > 0) {
      throw new Wrong("held streams: " + reading.problem());
    }
  }

  /**
   * Closes held streams; returns the milliseconds until the upstream saw each of them go, as many
   * as went within the time.
   */
  List<Double> drop(int streams, long limitMillis) throws InterruptedException {
    upstream.forget();
    String answer = load.ask("drop");
    long dropped = Long.parseLong(answer.substring(answer.indexOf(' ') + 1));
    var gaps = new ArrayList<Double>();
    long end = System.nanoTime() + limitMillis * 1_000_000;
    while (gaps.size() < streams) {
      String line = upstream.next(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      if (line == null) {
        return gaps;
      }
      if (line.startsWith("closed " + Mode.SILENT.word())) {
        gaps.add((Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) - dropped) / 1e6);
      }
    }
    return gaps;
  }

  @Override
  public void close() {
    load.close();
    upstream.close();
  }
}
