package lip.core.http.listener;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lip.core.gateway.Gateway;
import lip.core.http.DataServlet;
import lip.sdk.InvalidSettings;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the data listener and moves it: the new server answers before the old one goes, and the old
 * one goes when its exchanges have ended. All of it on one thread, so the latest settings win.
 */
final class ListenerMoves implements AutoCloseable {
  /**
   * How long the first listener waits for the core to be ready; then it opens anyway and readiness
   * says why not.
   */
  private static final Duration READY_BOUND = Duration.ofSeconds(10);

  private static final Duration ANSWER_BOUND = Duration.ofSeconds(20);
  private static final Duration GONE_BOUND = Duration.ofSeconds(3);
  private static final Duration STEP = Duration.ofMillis(20);
  private static final int REFUSED = 78;
  private static final Logger log = LoggerFactory.getLogger(ListenerMoves.class);

  /** An open server. */
  private record Open(String name, Address wanted, Address real, Connector connector) {}

  private final Gateway gateway;
  private final JettyServers servers;
  private final DataServlet servlet;
  private final @Nullable Consumer<Map<String, String>> launcher;
  private final String folder;
  private final FirstRequest first;
  private final ConnectionGuard guard =
      new ConnectionGuard(ConnectionGuard.MOST, Duration.ofSeconds(10), Duration.ofMillis(500));
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("lip-listener").factory());

  private volatile @Nullable ServerSettings wanted;
  private volatile @Nullable InvalidSettings broken;
  private volatile @Nullable Open current;
  private volatile boolean opened;
  private volatile boolean closed;

  ListenerMoves(
      Gateway gateway,
      JettyServers servers,
      DataServlet servlet,
      @Nullable Consumer<Map<String, String>> launcher,
      String folder) {
    this.gateway = gateway;
    this.servers = servers;
    this.servlet = servlet;
    this.launcher = launcher;
    this.folder = folder;
    this.first = new FirstRequest(servlet, guard);
  }

  /**
   * Refuses an address that breaks the access rule or cannot be had. Remembers what would break the
   * boot.
   */
  void check(String text) throws InvalidSettings {
    Open open = current;
    try {
      Address address = Address.parse(text).loopbackOnly();
      broken = null;
      if (open != null && !address.equals(open.wanted()) && !address.equals(open.real())) {
        address.probe();
      }
    } catch (InvalidSettings e) {
      broken = open == null ? e : null;
      throw e;
    } catch (IOException e) {
      throw new InvalidSettings("address", "cannot listen on " + text + ": " + e.getMessage());
    }
  }

  void healthPath(String path) {
    first.path(path);
  }

  /** New settings; what concerns the listener happens on its own thread. */
  void apply(ServerSettings settings) {
    wanted = settings;
    guard.headerTimeout(settings.read_header_timeout());
    if (opened) {
      thread.execute(this::follow);
    }
  }

  /** From now on the listener follows its settings. */
  void open() {
    if (!opened) {
      opened = true;
      thread.execute(this::begin);
    }
  }

  private void begin() {
    InvalidSettings refused = broken;
    if (refused != null) {
      fatal(
          folder + "/lip.server.cfg: " + refused.getMessage() + "; no listener was opened",
          REFUSED);
      return;
    }
    if (!await(() -> gateway.readiness().ready(), READY_BOUND)) {
      log.warn("the data listener opens although not ready: {}", gateway.readiness().reasons());
    }
    follow();
  }

  private void follow() {
    ServerSettings settings = wanted;
    if (settings == null || closed) {
      return;
    }
    Open old = current;
    Address address;
    try {
      address = Address.parse(settings.address()).loopbackOnly();
      tell("shutdown.timeout", String.valueOf(settings.shutdown_timeout().toMillis()));
      if (old != null && (address.equals(old.wanted()) || address.equals(old.real()))) {
        ConnectionGuard.limit(
            old.connector(),
            settings.idle_timeout(),
            Math.toIntExact(settings.max_header_bytes().bytes()));
        return;
      }
    } catch (InvalidSettings e) {
      // Checked before; a Singletons that does not check must not open a listener to the world.
      log.error("lip.server is refused: {}", e.getMessage());
      return;
    }
    move(old, address, settings);
  }

  private void move(@Nullable Open old, Address address, ServerSettings settings) {
    String name = old != null && old.name().equals("data") ? "data-2" : "data";
    try {
      Address real = address.probe();
      servers.open(name, real, settings);
      Connector connector = await(real);
      if (connector == null) {
        servers.close(name);
        if (closed) {
          return; // A stop came first: nothing failed.
        }
        failed(old, settings, "no answer within " + ANSWER_BOUND.toSeconds() + " s");
        return;
      }
      current = new Open(name, address, real, connector);
      log.info("data listener on {}", real.text());
      tell("data", "http://" + real.text());
      if (old != null) {
        leave(old, settings.shutdown_timeout());
      }
    } catch (IOException e) {
      if (!closed) {
        failed(old, settings, String.valueOf(e.getMessage()));
      }
    }
  }

  private @Nullable Connector await(Address address) {
    AtomicReference<@Nullable Connector> found = new AtomicReference<>();
    await(
        () -> {
          found.set(first.ask(address));
          return found.get() != null;
        },
        ANSWER_BOUND);
    return found.get();
  }

  private void leave(Open old, Duration limit) throws IOException {
    int port = old.real().port();
    servlet.leaving(port);
    if (!await(() -> servlet.open(port) == 0, limit)) {
      log.warn(
          "{} exchanges are cut with the old listener {}", servlet.open(port), old.real().text());
    }
    servers.close(old.name());
    servlet.leaving(0);
  }

  private void failed(@Nullable Open old, ServerSettings settings, String reason) {
    String line = "cannot listen on " + settings.address() + ": " + reason;
    if (old == null) {
      fatal(line + "; set address in " + folder + "/lip.server.cfg", 1);
    } else {
      log.error("{}; the old listener {} stays", line, old.real().text());
    }
  }

  private void fatal(String line, int exit) {
    log.error("{}", line);
    if (launcher != null) {
      launcher.accept(Map.of("fatal", line, "exit", String.valueOf(exit)));
    }
  }

  private void tell(String key, String value) {
    if (launcher != null) {
      launcher.accept(Map.of(key, value));
    }
  }

  /** Whether the condition came true in time, and this is still open. */
  private boolean await(BooleanSupplier condition, Duration bound) {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (closed || System.nanoTime() - end > 0) {
        return false;
      }
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    thread.shutdownNow();
    Open last = current;
    servers.close("data");
    servers.close("data-2");
    if (last != null) {
      awaitGone(last.real());
    }
    guard.close();
  }

  /**
   * Config Admin tells Jetty later; until the port is closed the servlet must stay, else clients
   * meet an empty server.
   */
  private static void awaitGone(Address address) {
    long end = System.nanoTime() + GONE_BOUND.toNanos();
    while (address.answers() && System.nanoTime() - end < 0) {
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
