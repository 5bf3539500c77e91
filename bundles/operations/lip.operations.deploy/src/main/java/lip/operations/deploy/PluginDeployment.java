package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lip.core.gateway.Departures;
import lip.core.gateway.Departures.Standing;
import lip.core.gateway.Inventory.FileView;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Swaps plugin bundles. All decisions are made on one thread; only the wait for running requests
 * has a thread per departing bundle.
 *
 * <p>A new or changed file becomes a new bundle. The bundles it replaces are superseded, which
 * means they serve only what the new one cannot, and are uninstalled when the core says that the
 * new one serves. A deleted file's bundle is kept for a moment: FileInstall reports the delete of a
 * rename before the new name.
 */
final class PluginDeployment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PluginDeployment.class);
  private static final int START_LEVEL = 5;
  private static final Duration RENAME_GRACE = Duration.ofMillis(1500);
  private static final Duration RETRY = Duration.ofMillis(200);

  private final BundleContext context;
  private final Departures departures;
  private final KindCount kinds;
  private final Path folder;
  private final FileStates states;
  private final Worker worker;
  // Touched by the worker only: new bundle id -> the bundles it replaces.
  private final Map<Long, List<Bundle>> waiting = new HashMap<>();
  // The last delete of each file that is told to be gone.
  private final Map<String, Object> deletions = new ConcurrentHashMap<>();
  private final Set<Long> leaving = ConcurrentHashMap.newKeySet();

  PluginDeployment(
      BundleContext context,
      Departures departures,
      KindCount kinds,
      Path folder,
      FileStates states,
      Worker worker) {
    this.context = context;
    this.departures = departures;
    this.kinds = kinds;
    this.folder = folder;
    this.states = states;
    this.worker = worker;
  }

  /** Removes the bundles of files that were deleted while the platform was down. */
  void removeOrphans() {
    for (Bundle bundle : plugins()) {
      String file = PluginJar.fileOf(bundle.getLocation());
      if (!Files.exists(folder.resolve(file))) {
        LOG.info("plugin file is gone: file={} bundle={}", file, bundle);
        uninstallNow(bundle);
      }
    }
  }

  void changed(String file) {
    deletions.remove(file);
    onWorker(() -> {
      deploy(folder.resolve(file));
      settle();
    });
  }

  void deleted(String file) {
    Object deletion = new Object();
    deletions.put(file, deletion);
    worker.after(RENAME_GRACE, () -> removed(file, deletion));
  }

  /** Looks again at the bundles that have not taken over yet. */
  void settleSoon() {
    onWorker(this::settle);
  }

  /** Lets a bundle drain, then stops or uninstalls it. */
  void depart(long bundleId, boolean uninstall) {
    onWorker(() -> {
      Bundle bundle = context.getBundle(bundleId);
      if (bundle != null && bundleId != 0) {
        retire(bundle, uninstall);
      }
    });
  }

  private void deploy(Path file) {
    String name = file.getFileName().toString();
    String digest = "";
    Bundle fresh = null;
    boolean installed = false;
    try {
      PluginJar jar = PluginJar.read(file);
      digest = jar.digest();
      fresh = staying(jar);
      if (fresh == null) {
        jar.requireBundle();
        fresh = context.installBundle(free(jar), jar.open());
        installed = true;
        fresh.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
      }
      long id = fresh.getBundleId();
      List<Bundle> olds = ofFile(name).stream().filter(b -> b.getBundleId() != id).toList();
      departures.restore(id);
      for (Bundle old : olds) {
        departures.supersede(old.getBundleId(), id);
      }
      if (fresh.getState() != Bundle.ACTIVE) {
        fresh.start();
      }
      states.set(name, digest, id, fresh.getVersion().toString(), "starting", null);
      LOG.info(
          "plugin started: file={} bundle={} version={}",
          name,
          fresh.getSymbolicName(),
          fresh.getVersion());
      // One that came back must not be taken away by a later one that it replaces again.
      olds.forEach(old -> waiting.remove(old.getBundleId()));
      waiting.put(id, olds);
    } catch (IOException | BundleException | RuntimeException e) {
      String reason = Reasons.of(e);
      states.set(name, digest, -1, "", "refused", reason);
      LOG.warn("plugin refused: file={} reason={}", name, reason);
      if (fresh != null && installed) {
        uninstallNow(fresh);
      }
    }
  }

  /** The bundle of a content, unless it is on its way out. */
  private @Nullable Bundle staying(PluginJar jar) {
    return ofFile(jar.name()).stream()
        .filter(bundle -> PluginJar.digestOf(bundle.getLocation()).equals(jar.digest()))
        // In this order: one that has just gone is not leaving any more.
        .filter(bundle ->
            !leaving.contains(bundle.getBundleId()) && bundle.getState() != Bundle.UNINSTALLED)
        .findFirst()
        .orElse(null);
  }

  /** A location for a content that may have bundles which still drain. */
  private String free(PluginJar jar) {
    int again = 0;
    while (context.getBundle(jar.location(again)) != null) {
      again++;
    }
    return jar.location(again);
  }

  /** After every change of the core: bundles that serve let go of those they replace. */
  private void settle() {
    for (Long id : List.copyOf(waiting.keySet())) {
      Bundle bundle = context.getBundle(id);
      if (bundle == null || leaving.contains(id)) {
        waiting.remove(id);
        continue;
      }
      if (bundle.getState() != Bundle.ACTIVE) {
        say(bundle, "waiting", "the bundle is not active");
        continue;
      }
      switch (departures.standing(id, kinds.of(bundle))) {
        case Standing.Pending _ ->
            kinds.missing(bundle).ifPresent(need -> say(bundle, "waiting", need));
        case Standing.Failed(String reason) -> say(bundle, "failed", reason);
        case Standing.Live _ -> {
          say(bundle, "live", null);
          List<Bundle> olds = hasStandIn(bundle) ? List.of() : waiting.remove(id);
          if (olds != null) {
            olds.forEach(old -> retire(old, true));
          }
        }
      }
    }
  }

  /** A state of a file, while it holds the content of this bundle. */
  private void say(Bundle bundle, String state, @Nullable String reason) {
    String file = PluginJar.fileOf(bundle.getLocation());
    FileView before = states.get(file);
    if (before != null && before.digest().equals(PluginJar.digestOf(bundle.getLocation()))) {
      states.set(file, state, reason);
    }
  }

  private void removed(String file, Object deletion) {
    if (!deletion.equals(deletions.get(file)) || Files.exists(folder.resolve(file))) {
      return; // It came back: changed() follows. Should it be gone again, that has its own time.
    }
    if (siblingStarts(file)) {
      worker.after(RETRY, () -> removed(file, deletion));
      return;
    }
    deletions.remove(file, deletion);
    List<Bundle> gone = ofFile(file);
    if (gone.isEmpty()) {
      states.remove(file);
    }
    for (Bundle bundle : gone) {
      states.set(file, "draining", "its file was deleted");
      retire(bundle, true);
    }
    settle();
  }

  /**
   * Whether a bundle of a deleted file may be serving in the place of this one, which would then be
   * tried for the first time when that one goes: until then nobody it replaces may go.
   */
  private boolean hasStandIn(Bundle bundle) {
    return plugins().stream()
        .filter(other -> other.getSymbolicName().equals(bundle.getSymbolicName()))
        .map(other -> PluginJar.fileOf(other.getLocation()))
        .anyMatch(deletions::containsKey);
  }

  /**
   * Whether another file with the same bundle is on its way: a rename, or "delete old, add new".
   */
  private boolean siblingStarts(String file) {
    List<String> names = ofFile(file).stream().map(Bundle::getSymbolicName).toList();
    for (Long id : waiting.keySet()) {
      Bundle bundle = context.getBundle(id);
      if (bundle == null || !names.contains(bundle.getSymbolicName())) {
        continue;
      }
      String sibling = PluginJar.fileOf(bundle.getLocation());
      FileView state = states.get(sibling);
      if (!sibling.equals(file) && state != null && state.state().equals("starting")) {
        return true;
      }
    }
    return false;
  }

  private void retire(Bundle bundle, boolean uninstall) {
    long id = bundle.getBundleId();
    if (!leaving.add(id)) {
      return;
    }
    departures.supersede(id);
    Thread.ofVirtual()
        .name("lip-retire-" + id)
        .start(() -> {
          try {
            departures.depart(id);
            LOG.info("plugin drained: bundle={} version={}", bundle, bundle.getVersion());
            if (uninstall) {
              bundle.uninstall();
            } else {
              bundle.stop();
            }
          } catch (BundleException | RuntimeException e) {
            LOG.warn("plugin did not go cleanly: bundle={}", bundle, e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            leaving.remove(id);
            onWorker(() -> forget(bundle));
          }
        });
  }

  private void forget(Bundle bundle) {
    if (PluginJar.isPlugin(bundle.getLocation())) {
      String file = PluginJar.fileOf(bundle.getLocation());
      if (ofFile(file).isEmpty() && !Files.exists(folder.resolve(file))) {
        states.remove(file);
      }
    }
    settle();
  }

  private void uninstallNow(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("cannot uninstall: bundle={}", bundle, e);
    }
  }

  private List<Bundle> plugins() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> PluginJar.isPlugin(bundle.getLocation()))
        .toList();
  }

  private List<Bundle> ofFile(String file) {
    return plugins().stream()
        .filter(bundle -> PluginJar.fileOf(bundle.getLocation()).equals(file))
        .toList();
  }

  private void onWorker(Runnable task) {
    worker.after(Duration.ZERO, task);
  }

  @Override
  public void close() {
    worker.close();
  }
}
