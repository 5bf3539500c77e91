package lip.operations.console;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import lip.core.gateway.ConfigurationCheck;
import lip.core.gateway.ConfigurationLoaded;
import lip.core.gateway.Gateway;
import lip.core.gateway.Inventory;
import lip.core.gateway.Inventory.DeployedFiles;
import lip.core.gateway.Singletons;
import lip.sdk.InvalidSettings;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the admin listener: settings, login, guard, inventory, and the announcement of the address.
 */
@Component(
    immediate = true,
    service = {})
public final class ConsoleComponent implements Singletons.Target<AdminSettings> {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleComponent.class);
  static final String ON_ADMIN = "(lip.port=admin)";

  private final AtomicReference<@Nullable AdminSettings> settings = new AtomicReference<>();
  private final AtomicReference<@Nullable DeployedFiles> deployer = new AtomicReference<>();
  private final AtomicReference<@Nullable Consumer<Map<String, String>>> launcher =
      new AtomicReference<>();
  private final AtomicReference<@Nullable Integer> realPort = new AtomicReference<>();
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private final AdminListener listener;
  private volatile boolean loaded;
  private final Path passwordFile;
  private final Singletons.Binding binding;

  /** Wires and opens the listener. */
  @Activate
  public ConsoleComponent(
      BundleContext context,
      @Reference Singletons singletons,
      @Reference Inventory inventory,
      @Reference ConfigurationCheck check,
      @Reference Gateway gateway,
      @Reference ConfigurationAdmin admin)
      throws IOException {
    listener = new AdminListener(admin, context);
    passwordFile = PasswordFile.ensure(Path.of(context.getProperty("lip.config.dir")));
    register(
        context,
        SecurityProvider.class,
        new ConsoleLogin(settings::get),
        Map.of(SecurityProvider.PROPERTY_ID, "lip"));
    register(context, ConfigurationHandler.class, new SaveGuard(check), Map.of());
    register(
        context,
        Preprocessor.class,
        new WriteGuard(settings::get),
        Map.of("osgi.http.whiteboard.target", ON_ADMIN));
    register(
        context,
        Servlet.class,
        new InventoryServlet(inventory, deployer::get),
        Map.of(
            "felix.webconsole.label",
            InventoryServlet.LABEL,
            "felix.webconsole.title",
            "Plugin inventory",
            "felix.webconsole.category",
            "LIP"));
    register(
        context,
        Servlet.class,
        new AdminRoot(gateway),
        Map.of(
            "osgi.http.whiteboard.servlet.pattern",
            new String[] {"", "/healthz", "/readyz"},
            "osgi.http.whiteboard.target",
            ON_ADMIN));
    binding = singletons.bind("lip.admin", AdminSettings.class, context.getBundle(), this);
  }

  @Override
  public void check(AdminSettings wanted) throws InvalidSettings {
    AdminAddress address = AdminAddress.parse(wanted.address());
    if (wanted.enabled()) {
      listener.probe(address);
    }
  }

  @Override
  public void apply(AdminSettings valid) {
    settings.set(valid);
    if (loaded) {
      follow(valid);
    }
  }

  /** The files of the configuration folder are in force: from now on the listener follows them. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unsetLoaded")
  void setLoaded(ConfigurationLoaded now) {
    loaded = true;
    AdminSettings valid = settings.get();
    if (valid != null) {
      follow(valid);
    }
  }

  /** The listener stays open when the deployer goes. */
  void unsetLoaded(ConfigurationLoaded gone) {}

  private void follow(AdminSettings valid) {
    try {
      if (valid.enabled()) {
        listener.open(AdminAddress.parse(valid.address()), valid.console_enabled());
      } else {
        listener.close();
      }
    } catch (IOException | InvalidSettings e) {
      LOG.error("the admin listener could not be configured", e);
    }
  }

  /** The deployer, which may come and go with its bundle. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unsetDeployer")
  void setDeployer(DeployedFiles files) {
    deployer.set(files);
  }

  void unsetDeployer(DeployedFiles files) {
    deployer.compareAndSet(files, null);
  }

  /** The launcher, which prints what is announced. */
  @Reference(
      target = "(lip.launcher=announce)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unsetLauncher")
  void setLauncher(Consumer<Map<String, String>> ear) {
    launcher.set(ear);
    announce();
  }

  void unsetLauncher(Consumer<Map<String, String>> ear) {
    launcher.compareAndSet(ear, null);
  }

  /** Felix HTTP tells the real port of the listener once it is open. */
  @Reference(
      target = ON_ADMIN,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      updated = "setRuntime",
      unbind = "unsetRuntime")
  void setRuntime(ServiceReference<HttpServiceRuntime> runtime) {
    Integer port = port(runtime.getProperty("osgi.http.endpoint"));
    if (port != null && !port.equals(realPort.getAndSet(port))) {
      announce();
    }
  }

  void unsetRuntime(ServiceReference<HttpServiceRuntime> runtime) {
    realPort.set(null);
  }

  private void announce() {
    Consumer<Map<String, String>> ear = launcher.get();
    AdminSettings now = settings.get();
    Integer port = realPort.get();
    if (ear == null || now == null || port == null) {
      return;
    }
    try {
      ear.accept(
          Map.of(
              "admin",
              AdminAddress.parse(now.address()).url(port),
              "password.file",
              passwordFile.toString()));
    } catch (InvalidSettings e) {
      throw new IllegalStateException("settings in force that do not parse", e);
    }
  }

  private static @Nullable Integer port(@Nullable Object endpoints) {
    if (endpoints instanceof String one) {
      return port(one);
    }
    if (endpoints instanceof String[] several && several.length > 0) {
      return port(several[0]);
    }
    return null;
  }

  private static @Nullable Integer port(String endpoint) {
    int port = java.net.URI.create(endpoint).getPort();
    return port > 0 ? port : null;
  }

  private <T> void register(
      BundleContext context, Class<T> type, T service, Map<String, Object> properties) {
    registrations.add(context.registerService(type, service, new Hashtable<>(properties)));
  }

  /** Ends all of it. */
  @Deactivate
  public void stop() {
    binding.close();
    registrations.forEach(ServiceRegistration::unregister);
  }
}
