package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import lip.core.gateway.ConfigurationCheck;
import lip.core.gateway.ConfigurationLoaded;
import lip.core.gateway.Departures;
import lip.core.gateway.Inventory;
import lip.core.gateway.Inventory.DeployedFiles;
import lip.core.gateway.Inventory.FileView;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the deployer. Runs on a start level below FileInstall, whose first scan must find the
 * installers; the configuration files are read before, on this thread, so that everything that
 * waits for {@link ConfigurationLoaded} sees them.
 */
@Component(
    immediate = true,
    service = {})
public final class DeployComponent implements DeployedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DeployComponent.class);

  private final FileStates states = new FileStates(InstantSource.system());
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final PluginDeployment plugins;

  /** Wires and starts. */
  @Activate
  public DeployComponent(
      BundleContext context,
      @Reference Departures departures,
      @Reference ConfigurationCheck check,
      @Reference Inventory inventory,
      @Reference ConfigurationAdmin admin,
      @Reference ServiceComponentRuntime components)
      throws IOException {
    Path pluginFolder = Path.of(context.getProperty("lip.plugins.dir"));
    Path configFolder = Path.of(context.getProperty("lip.config.dir"));
    plugins =
        new PluginDeployment(
            context,
            departures,
            new KindCount(components),
            pluginFolder,
            states,
            new DeployThread());
    open.add(plugins);
    if (CheckCommand.asked(context)) {
      CheckCommand.start(context, check, inventory);
      return;
    }
    ConfigFolder configurations = new ConfigFolder(configFolder, admin, check, states);
    open.add(configurations);
    for (Path folder : List.of(pluginFolder, configFolder)) {
      Files.createDirectories(folder);
      var problem = FolderGuard.problem(folder);
      if (problem.isPresent()) {
        LOG.error("watched folder refused: {}", problem.get());
        new Launcher(context).exit(78, problem.get());
        return;
      }
    }
    open.add(check.onAccepted(configurations));
    configurations.load();
    plugins.removeOrphans();
    open.add(
        departures.onChange(() -> {
          plugins.settleSoon();
          configurations.recheckSoon();
        }));
    // Above FileInstall's own handlers.
    Hashtable<String, Object> first = new Hashtable<>(Map.of(Constants.SERVICE_RANKING, 100));
    registrations.add(
        context.registerService(
            ArtifactInstaller.class, new PluginInstaller(pluginFolder, plugins), first));
    registrations.add(
        context.registerService(
            ArtifactInstaller.class, new ConfigInstaller(configFolder, configurations), first));
    registrations.add(context.registerService(DeployedFiles.class, this, null));
    registrations.add(
        context.registerService(ConfigurationLoaded.class, new ConfigurationLoaded() {}, null));
  }

  /** Ends all of it; running drains go on by themselves. */
  @Deactivate
  public void stop() {
    registrations.forEach(ServiceRegistration::unregister);
    for (AutoCloseable one : open.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        LOG.warn("closing the deployer", e);
      }
    }
  }

  @Override
  public List<FileView> files() {
    return states.all();
  }

  @Override
  public void stop(long bundleId) {
    plugins.depart(bundleId, false);
  }

  @Override
  public void uninstall(long bundleId) {
    plugins.depart(bundleId, true);
  }
}
