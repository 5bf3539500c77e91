package lip.core.http;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lip.core.gateway.HeldBytes;
import org.jspecify.annotations.Nullable;

/**
 * What all exchanges share.
 *
 * @param attendant time
 * @param watch vanished clients; null = this server hides its connections
 * @param wires finds the connection under a request
 * @param bodies what their request bodies take of the heap
 * @param reaper platform threads that end exchanges for the core
 */
record Shared(
    Attendant attendant,
    @Nullable ClientWatch watch,
    Function<ServletRequest, Wire> wires,
    HeldBytes bodies,
    ExecutorService reaper)
    implements AutoCloseable {
  private static final int REAPERS = 16;
  private static final String NO_ROOM =
      "requests are refused with 429: {} of {} bytes of request bodies wait for their answers"
          + " (max.inflight.decode.bytes)";

  static Shared open(Duration tick) throws IOException {
    ThreadPoolExecutor reaper =
        new ThreadPoolExecutor(
            REAPERS,
            REAPERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("lip-reaper-", 0).factory());
    reaper.allowCoreThreadTimeOut(true);
    return new Shared(
        new Attendant(tick), new ClientWatch(), Wire.finder(), new HeldBytes(NO_ROOM), reaper);
  }

  @Override
  public void close() {
    attendant.close();
    if (watch != null) {
      watch.close();
    }
    reaper.shutdown();
  }
}
