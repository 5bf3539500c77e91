package lip.core.http.listener;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lip.core.gateway.Gateway;
import lip.core.gateway.Singletons;
import lip.core.http.DataServlet;
import lip.core.http.HealthPaths;
import lip.core.http.Origins;
import lip.core.http.Terms;
import lip.sdk.InvalidSettings;
import lip.sdk.settings.ByteSize;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;

/** Takes the settings of the data listener; {@link ListenerOpener} says when it may open. */
@Component(service = DataListener.class, immediate = true)
public final class DataListener {
  private final BundleContext context;
  private final DataServlet servlet;
  private final ListenerMoves moves;
  private final List<Singletons.Binding> bindings;
  private final SynchronousBundleListener stops = this::framework;

  /** Binds the settings; opens nothing. */
  @Activate
  public DataListener(
      BundleContext context,
      @Reference Gateway gateway,
      @Reference Singletons singletons,
      @Reference JettyServers servers,
      @Reference DataServlet servlet,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = "(lip.launcher=announce)")
          @Nullable Consumer<Map<String, String>> launcher) {
    this.context = context;
    this.servlet = servlet;
    String folder = context.getProperty("lip.config.dir");
    this.moves =
        new ListenerMoves(gateway, servers, servlet, launcher, folder == null ? "config" : folder);
    Bundle bundle = context.getBundle();
    this.bindings =
        List.of(
            singletons.bind("lip.server", ServerSettings.class, bundle, new Server()),
            singletons.bind(
                "lip.diagnostics", DiagnosticsSettings.class, bundle, new Diagnostics()));
    context.addBundleListener(stops);
  }

  @Deactivate
  void close() throws IOException {
    context.removeBundleListener(stops);
    bindings.forEach(Singletons.Binding::close);
    moves.close();
  }

  /** The configuration is known: opens the listener as soon as the core can serve. */
  void open() {
    moves.open();
  }

  /** Readiness goes first; answers go on until the core has waited for them. */
  private void framework(org.osgi.framework.BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
      servlet.stopping();
    }
  }

  private final class Server implements Singletons.Target<ServerSettings> {
    @Override
    public void check(ServerSettings settings) throws InvalidSettings {
      if (settings.keepalive_interval().compareTo(settings.idle_timeout()) >= 0) {
        throw new InvalidSettings(
            "keepalive.interval",
            "must be less than idle.timeout",
            "less than " + settings.idle_timeout().toSeconds() + "s");
      }
      ByteSize body = settings.max_request_body_bytes();
      if (settings
          .max_inflight_decode_bytes()
          .filter(most -> most.compareTo(body) < 0)
          .isPresent()) {
        throw new InvalidSettings(
            "max.inflight.decode.bytes",
            "must not be less than max.request.body.bytes",
            "at least " + body);
      }
      for (String origin : settings.allowed_origins()) {
        if (!Origins.valid(origin)) {
          throw new InvalidSettings(
              "allowed.origins",
              "an element is no origin",
              "scheme and host without a path, such as https://app.example");
        }
      }
      moves.check(settings.address());
    }

    @Override
    public void apply(ServerSettings settings) {
      Duration idle = settings.idle_timeout();
      servlet.terms(
          new Terms(
              settings.max_request_body_bytes().bytes(),
              settings.max_raw_body_bytes().bytes(),
              heldBodies(settings),
              settings.read_timeout(),
              settings.write_timeout(),
              idle,
              settings.keepalive_interval()));
      servlet.origins(new Origins(settings.allowed_origins()));
      moves.apply(settings);
    }
  }

  /** What is made of a body fits several times into the rest of the heap. */
  private static long heldBodies(ServerSettings settings) {
    return settings
        .max_inflight_decode_bytes()
        .map(ByteSize::bytes)
        .orElseGet(() -> Runtime.getRuntime().maxMemory() / 8);
  }

  private final class Diagnostics implements Singletons.Target<DiagnosticsSettings> {
    private static final List<String> TAKEN =
        List.of("/v1", "/v1beta", "/v1beta1", "/lip/v1", "/system/console");

    @Override
    public void check(DiagnosticsSettings settings) throws InvalidSettings {
      free("health.path", settings.health_path());
      free("ready.path", settings.ready_path());
      String health = trimmed(settings.health_path());
      String ready = trimmed(settings.ready_path());
      if (under(health, ready) || under(ready, health)) {
        throw new InvalidSettings(
            "ready.path", "clashes with health.path = " + settings.health_path());
      }
    }

    private static void free(String key, String path) throws InvalidSettings {
      if (!path.startsWith("/") || trimmed(path).isEmpty()) {
        throw new InvalidSettings(key, "is no path", "a path such as /healthz");
      }
      for (String taken : TAKEN) {
        if (under(trimmed(path), taken)) {
          throw new InvalidSettings(key, "lies under " + taken + ", which is not free");
        }
      }
    }

    private static boolean under(String path, String parent) {
      return path.equals(parent) || path.startsWith(parent + "/");
    }

    private static String trimmed(String path) {
      return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public void apply(DiagnosticsSettings settings) {
      servlet.health(new HealthPaths(settings.health_path(), settings.ready_path()));
      moves.healthPath(settings.health_path());
    }
  }
}
