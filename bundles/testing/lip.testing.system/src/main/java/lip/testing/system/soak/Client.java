package lip.testing.system.soak;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import lip.testing.emulator.JsonValue;
import lip.testing.system.Connection;
import lip.testing.system.Reading;
import lip.testing.system.Traffic;
import lip.testing.system.Tree;
import lip.testing.system.Wait;
import org.jspecify.annotations.Nullable;

/** Makes requests and says what is wrong with their answers. Any thread. */
final class Client implements AutoCloseable {
  private static final int SMALL_BUFFER = 8 * 1024;
  private static final int SIP = 16 * 1024;
  private static final Duration BETWEEN_SIPS = Duration.ofMillis(30);
  private static final long KEPT_NANOS = Duration.ofSeconds(20).toNanos();

  /** A connection that waits for its next request. */
  private record Kept(Connection connection, long since) {}

  private final IntSupplier port;
  private final ConcurrentLinkedDeque<Kept> kept = new ConcurrentLinkedDeque<>();

  Client(IntSupplier port) {
    this.port = port;
  }

  /** Makes a request; returns what is wrong, null = nothing. */
  @Nullable String make(Ask ask, String trace, Floors floors, RandomGenerator random) {
    Door door = ask.door();
    if (door != null && !door.enter()) {
      return null; // What it is for, is not there now.
    }
    boolean entered = door != null;
    @Nullable Connection connection = null;
    boolean keep = false;
    try {
      connection = ask.manner() == Ask.Manner.READS ? take() : fresh(ask);
      connection.send("POST", ask.traffic().path(), fields(ask, trace), bytes(ask));
      if (ask.manner() == Ask.Manner.CANCELS) {
        pause(Duration.ofMillis(random.nextInt(20, 500)));
        return null;
      }
      int status = connection.readHead();
      if (entered) {
        entered = false;
        started(door);
      }
      @Nullable String wrong = answer(ask, connection, status, floors, random);
      keep = wrong == null && ask.manner() == Ask.Manner.READS && connection.reusable();
      return wrong;
    } catch (IOException e) {
      return "before the answer: " + e;
    } finally {
      if (entered) {
        started(door);
      }
      if (keep && connection != null) {
        kept.addLast(new Kept(connection, System.nanoTime()));
      } else {
        close(connection, ask.manner() == Ask.Manner.VANISHES);
      }
    }
  }

  private static void started(@Nullable Door door) {
    if (door != null) {
      door.started();
    }
  }

  private Connection fresh(Ask ask) throws IOException {
    return new Connection(port.getAsInt(), ask.manner() == Ask.Manner.SLOW ? SMALL_BUFFER : 0);
  }

  /** One that is open already, unless the server may be about to close it. */
  private Connection take() throws IOException {
    for (Kept one = kept.pollFirst(); one != null; one = kept.pollFirst()) {
      if (System.nanoTime() - one.since() < KEPT_NANOS) {
        return one.connection();
      }
      close(one.connection(), false);
    }
    return new Connection(port.getAsInt());
  }

  private static Map<String, String> fields(Ask ask, String trace) {
    return Map.of("Content-Type", ask.traffic().type(), "X-Trace-ID", trace);
  }

  private static byte[] bytes(Ask ask) {
    return ask.body().getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable String answer(
      Ask ask, Connection connection, int status, Floors floors, RandomGenerator random)
      throws IOException {
    if (ask.expected() instanceof Expected.Refused(var statuses)) {
      String body = connection.body();
      return statuses.contains(status) && hasError(body)
          ? null
          : "status " + status + " " + shortened(body) + ", not one of " + statuses;
    }
    if (status != 200) {
      String body = connection.body();
      boolean meant =
          ask.expected() instanceof Expected.Broken(_, boolean before)
              && before
              && status >= 500
              && hasError(body);
      return meant ? null : "status " + status + " " + shortened(body);
    }
    var reading = new Reading(ask.traffic());
    @Nullable IOException broken = null;
    boolean left = false;
    try {
      left = ask.streamed() ? stream(ask, connection, reading, random) : whole(connection, reading);
    } catch (SocketTimeoutException e) {
      return "silence of a minute after " + shortened(reading.version());
    } catch (IOException e) {
      broken = e;
    }
    return judge(ask, reading, broken, left, floors);
  }

  /** Whether the client left before the end. */
  private static boolean stream(
      Ask ask, Connection connection, Reading reading, RandomGenerator random) throws IOException {
    boolean leaves = ask.manner() == Ask.Manner.LEAVES || ask.manner() == Ask.Manner.VANISHES;
    // A model that falls silent sends few pieces, and then a keep-alive every 12 s.
    int most = ask.traffic().model().endsWith(":stall") ? 3 : 15;
    int pieces = leaves ? random.nextInt(1, most) : Integer.MAX_VALUE;
    int sip = 0;
    for (byte[] piece = connection.next(); piece != null; piece = connection.next()) {
      reading.take(piece);
      sip += piece.length;
      if (--pieces == 0) {
        return true;
      }
      if (ask.manner() == Ask.Manner.SLOW && sip >= SIP) {
        sip = 0;
        pause(BETWEEN_SIPS);
      }
    }
    return false;
  }

  /** A whole answer is read as a stream of one chunk. */
  private static boolean whole(Connection connection, Reading reading) throws IOException {
    String body = connection.body();
    try {
      Tree choice = Tree.parse(body).at("choices").list().getFirst();
      JsonValue.Obj chunk =
          JsonValue.object(
              "choices",
              java.util.List.of(
                  JsonValue.object(
                      "delta",
                      JsonValue.object("content", choice.at("message").at("content").text()))));
      String record = "data: " + chunk + "\n\n";
      boolean finished = choice.at("finish_reason").text().equals("stop");
      reading.take(
          (record + (finished ? "data: [DONE]\n\n" : "")).getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      throw new IOException("no answer: " + shortened(body), e);
    }
    return false;
  }

  private static @Nullable String judge(
      Ask ask, Reading reading, @Nullable IOException broken, boolean left, Floors floors) {
    if (reading.alteration() != null) {
      return "altered: " + reading.alteration();
    }
    @Nullable String text = ask.traffic().shape() == Traffic.Shape.TEXT ? reading.version() : null;
    if (ask.expected() instanceof Expected.Broken(String full, _)) {
      boolean well = text != null && full.startsWith(text) && reading.error() != null;
      return well && !reading.done() && broken != null
          ? null
          : "no proper error: " + how(reading, broken) + ", sent was " + full;
    }
    if (reading.error() != null || (broken != null && !left)) {
      return "broken: " + how(reading, broken);
    }
    if (ask.expected() instanceof Expected.Cells(int count)) {
      boolean nothing = left && reading.cells() == 0;
      @Nullable String version =
          nothing ? null : floors.wrong(ask.traffic().model(), reading.version());
      return version != null
          ? version
          : left || (reading.whole() && reading.cells() == count)
              ? null
              : "no end: " + how(reading, broken);
    }
    if (ask.expected() instanceof Expected.Text(String full) && text != null) {
      boolean well = left ? full.startsWith(text) : full.equals(text) && reading.done();
      return well ? null : "other text: " + how(reading, broken) + ", sent was " + shortened(full);
    }
    return null;
  }

  private static String how(Reading reading, @Nullable IOException broken) {
    return "%s, %d cells, error %s, end %s, connection %s"
        .formatted(
            shortened(reading.version()),
            reading.cells(),
            reading.error(),
            reading.done(),
            broken == null ? "in order" : broken);
  }

  private static boolean hasError(String body) {
    try {
      return !Tree.parse(body).at("error").at("message").text().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "..." : text;
  }

  private static void pause(Duration time) {
    Wait.untilNanos(System.nanoTime() + time.toNanos());
  }

  private static void close(@Nullable Connection connection, boolean reset) {
    if (connection == null) {
      return;
    }
    try {
      if (reset) {
        connection.abort();
      } else {
        connection.close();
      }
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  /** Closes the connections that wait for a request. */
  @Override
  public void close() {
    for (Kept one = kept.pollFirst(); one != null; one = kept.pollFirst()) {
      close(one.connection(), false);
    }
  }
}
