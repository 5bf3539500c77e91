package lip.testing.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lip.testing.benchmarks.load.Order.Route;
import lip.testing.benchmarks.upstream.Dialect;
import lip.testing.benchmarks.upstream.Mode;
import lip.testing.benchmarks.upstream.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The load on the upstream, nothing between them. */
class RunTest {
  private final LinkedBlockingQueue<Mode> closed = new LinkedBlockingQueue<>();
  private Upstream upstream;

  @BeforeEach
  void start() throws IOException {
    upstream = new Upstream((mode, time) -> closed.add(mode));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  private void serve() {
    try {
      upstream.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.nio.channels.ClosedSelectorException e) {
      assertThat(e).isNotNull(); // The end of the test.
    }
  }

  @AfterEach
  void stop() throws IOException {
    upstream.close();
  }

  private Route route(Dialect dialect, Mode mode) {
    return new Route(upstream.port(mode), dialect.path(), dialect, List.of());
  }

  private Order order(Dialect dialect, Mode mode, int total, Expected expected) {
    return Order.closed(route(dialect, mode), "none", 4, total, expected);
  }

  private static byte[] request(Order order) {
    return ("POST " + order.path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
        .getBytes(US_ASCII);
  }

  private static Reading carriedOut(Order order) throws IOException {
    try (var run = new Run(order, request(order))) {
      return run.carryOut();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyDocumentIsRight(Dialect dialect) throws Exception {
    Reading reading = carriedOut(order(dialect, Mode.UNARY, 50, Expected.TEXT));

    assertThat(reading.problem()).isEmpty();
    assertThat(reading.figure("done")).isEqualTo(50);
    assertThat(reading.figure("wrong")).isZero();
    assertThat(reading.figure("connections")).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT,BURST",
    "CHAT,PACED",
    "CHAT,BULK",
    "MESSAGES,BURST",
    "MESSAGES,PACED",
    "MESSAGES,BULK"
  })
  void everyStreamHasAllEvents(Dialect dialect, Mode mode) throws Exception {
    Reading reading = carriedOut(order(dialect, mode, 4, Expected.STREAM));

    assertThat(reading.problem()).isEmpty();
    assertThat(reading.figure("events")).isEqualTo(4 * Mode.EVENTS);
    assertThat(reading.figures()).containsKeys("latency.p50", "delay.p99", "first.max");
  }

  @Test
  void anOpenLoopSendsAtItsRate() throws Exception {
    Order order = Order.open(route(Dialect.CHAT, Mode.UNARY), "none", 100, 1, Expected.TEXT);

    assertThat(carriedOut(order).figure("done")).isEqualTo(100);
  }

  @ParameterizedTest
  @EnumSource
  void aWrongAnswerIsCounted(Dialect dialect) throws Exception {
    Reading reading = carriedOut(order(dialect, Mode.UNARY, 5, Expected.STREAM));

    assertThat(reading.figure("wrong")).isEqualTo(5);
    assertThat(reading.problem()).contains("status 200, 0 events");
    assertThat(carriedOut(order(dialect, Mode.BURST, 5, Expected.TEXT)).figure("wrong"))
        .isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"CHAT,MESSAGES", "MESSAGES,CHAT"})
  void aStreamOfTheOtherDialectIsWrong(Dialect asked, Dialect expected) throws Exception {
    Route other = new Route(upstream.port(Mode.BURST), asked.path(), expected, List.of());

    assertThat(carriedOut(Order.closed(other, "none", 4, 5, Expected.STREAM)).figure("wrong"))
        .isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void whoLetsGoIsSeenByTheUpstream(Dialect dialect) throws Exception {
    Order order = order(dialect, Mode.SILENT, 4, Expected.FIRST);
    try (var run = new Run(order, request(order))) {
      assertThat(run.carryOut().problem()).isEmpty();
      assertThat(run.stillOpen().figure("wrong")).isZero();
      assertThat(closed).isEmpty();
    }

    for (int i = 0; i < 4; i++) {
      assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo(Mode.SILENT);
    }
  }

  @Test
  void ordersAndReadingsAreLines() {
    Order order =
        new Order(
            1, "/p", Dialect.MESSAGES, List.of("A: b", "C: d=e"), "f", 2, 3, 4, 5, Expected.STREAM);

    assertThat(Order.parse(order.line())).isEqualTo(order);
    Reading reading = Reading.parse(new Reading(java.util.Map.of("a", 1.5), "x\ty z").line());
    assertThat(reading).isEqualTo(new Reading(java.util.Map.of("a", 1.5), "x y z"));
  }
}
