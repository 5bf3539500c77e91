package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import lip.core.gateway.ConfigurationCheck;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.core.gateway.Inventory.FileView;
import lip.support.cfg.CfgFile;
import lip.support.cfg.CfgProblem;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Config Admin in step with the files. A file that is wrong changes nothing: Config Admin
 * always holds the last good state, across restarts too. What the console saves is written back to
 * its file. All work is done on one thread.
 */
final class ConfigFolder implements ConfigurationCheck.ChangeListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigFolder.class);

  /**
   * The property that names the file of a configuration; known to the Web Console, which hides it.
   */
  private static final String FILE_KEY = "felix.fileinstall.filename";

  private static final Duration IN_FORCE_BOUND = Duration.ofSeconds(5);

  private final Path folder;
  private final ConfigurationAdmin admin;
  private final ConfigurationCheck check;
  private final FileStates states;
  private final Map<String, Map<String, String>> applied = new ConcurrentHashMap<>();
  private final AtomicBoolean recheckDue = new AtomicBoolean();
  // PIDs given to Config Admin at boot whose settings are not in force yet.
  private final Set<String> underway = ConcurrentHashMap.newKeySet();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("lip-config").factory());

  ConfigFolder(Path folder, ConfigurationAdmin admin, ConfigurationCheck check, FileStates states) {
    this.folder = folder;
    this.admin = admin;
    this.check = check;
    this.states = states;
  }

  /**
   * Reads all files, before anybody watches; then removes the configurations of files deleted while
   * the platform was down.
   */
  void load() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(ConfigFolder::isConfiguration)
          .sorted()
          .forEach(this::read);
    }
    removeOrphans();
    awaitInForce();
  }

  /**
   * Config Admin delivers on a thread of its own; what waits for us must see the settings in force.
   */
  private void awaitInForce() {
    long end = System.nanoTime() + IN_FORCE_BOUND.toNanos();
    synchronized (underway) {
      while (!underway.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          LOG.warn("configuration is slow to take effect: pids={}", underway);
          return;
        }
        try {
          underway.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  static boolean isConfiguration(String file) {
    return !file.startsWith(".") && (file.endsWith(".cfg") || file.endsWith(".config"));
  }

  void changed(String file) {
    onWorker(() -> read(file));
  }

  void deleted(String file) {
    onWorker(() -> remove(file));
  }

  /** A plugin came or changed: what it refused or nobody knew may be right now. */
  void recheckSoon() {
    if (recheckDue.compareAndSet(false, true)) {
      onWorker(() -> {
        recheckDue.set(false);
        states.all().stream()
            .filter(state -> List.of("refused", "unclaimed").contains(state.state()))
            .filter(state -> isConfiguration(state.file()))
            .forEach(state -> read(state.file()));
      });
    }
  }

  private void read(String file) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      return;
    }
    var badName = ConfigFileName.problem(file);
    if (badName.isPresent()) {
      refuse(file, List.of(new Finding(true, file, null, null, badName.get(), null)));
      return;
    }
    ConfigFileName name = ConfigFileName.of(file);
    Map<String, String> values;
    try {
      values = CfgFile.read(path).values();
    } catch (CfgProblem e) {
      refuse(file, List.of(new Finding(true, file, e.key(), null, e.reason(), null)));
      return;
    } catch (IOException e) {
      refuse(
          file,
          List.of(new Finding(true, file, null, null, "cannot be read: " + Reasons.of(e), null)));
      return;
    }
    FileView known = states.get(file);
    if (known != null && known.state().equals("applied") && values.equals(applied.get(file))) {
      return; // A look at our own writing: Config Admin may already hold newer values.
    }
    List<Finding> findings = check.check(name.pid(), name.instance(), file, values);
    if (findings.stream().anyMatch(Finding::error)) {
      refuse(file, findings);
      return;
    }
    findings.forEach(finding -> LOG.warn("configuration: {}", finding.line()));
    try {
      apply(name, values);
      states.set(
          file,
          unclaimed(check, name) ? "unclaimed" : "applied",
          findings.isEmpty() ? null : lines(findings));
    } catch (IOException e) {
      LOG.error("configuration cannot be stored: file={}", file, e);
      states.set(file, "refused", "cannot be stored: " + Reasons.of(e));
    }
  }

  /** Whether a PID that must be ours is nobody's: its bundle may come later. */
  private static boolean unclaimed(ConfigurationCheck check, ConfigFileName name) {
    return name.pid().startsWith("lip.")
        && check.use(name.pid()) == ConfigurationCheck.PidUse.UNCLAIMED;
  }

  private void apply(ConfigFileName name, Map<String, String> values) throws IOException {
    Dictionary<String, Object> dictionary = new Hashtable<>(values);
    dictionary.put(FILE_KEY, name.file());
    applied.put(name.file(), Map.copyOf(values));
    boolean singleton = check.use(name.pid()) == ConfigurationCheck.PidUse.SINGLETON;
    if (singleton) {
      underway.add(name.pid());
    }
    if (!configuration(name).updateIfDifferent(dictionary)) {
      underway.remove(name.pid());
    } else {
      LOG.info("configuration applied: file={}", name.file());
    }
  }

  private void refuse(String file, List<Finding> findings) {
    String reason = lines(findings);
    var before = states.get(file);
    states.set(file, "refused", reason);
    if (before == null || !reason.equals(before.reason())) {
      findings.forEach(finding -> LOG.warn("configuration refused: {}", finding.line()));
    }
  }

  private static String lines(List<Finding> findings) {
    return String.join("\n", findings.stream().map(Finding::line).toList());
  }

  private void remove(String file) {
    states.remove(file);
    if (Files.exists(folder.resolve(file)) || ConfigFileName.problem(file).isPresent()) {
      return;
    }
    applied.remove(file);
    try {
      for (Configuration configuration : ofFile(file)) {
        configuration.delete();
        LOG.info("configuration removed: file={}", file);
      }
    } catch (IOException e) {
      LOG.error("configuration cannot be removed: file={}", file, e);
    }
  }

  private void removeOrphans() throws IOException {
    for (Configuration configuration : ofFile("*")) {
      Object file = configuration.getProperties().get(FILE_KEY);
      if (file instanceof String name && !Files.exists(folder.resolve(name))) {
        LOG.info("configuration removed, its file is gone: file={}", name);
        configuration.delete();
      }
    }
  }

  private List<Configuration> ofFile(String file) throws IOException {
    try {
      Configuration[] found =
          admin.listConfigurations(
              "(" + FILE_KEY + "=" + (file.equals("*") ? file : escape(file)) + ")");
      return found == null ? List.of() : List.of(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("filter for " + file, e);
    }
  }

  private static String escape(String value) {
    return value.replaceAll("([\\\\*()])", "\\\\$1");
  }

  private Configuration configuration(ConfigFileName name) throws IOException {
    String instance = name.instance();
    return instance == null
        ? admin.getConfiguration(name.pid(), "?")
        : admin.getFactoryConfiguration(name.pid(), instance, "?");
  }

  /** A change is in force. One that did not come from the file is written to it. */
  @Override
  public void accepted(
      String pid, @Nullable String instance, Map<String, String> values, boolean deleted) {
    synchronized (underway) {
      underway.remove(pid);
      underway.notifyAll();
    }
    onWorker(() -> writeBack(ConfigFileName.fileOf(pid, instance), values, deleted));
  }

  private void writeBack(String file, Map<String, String> values, boolean deleted) {
    Map<String, String> ours = new TreeMap<>(values);
    ours.remove(FILE_KEY);
    if (deleted ? !applied.containsKey(file) : ours.equals(applied.get(file))) {
      return;
    }
    Path path = folder.resolve(file);
    try {
      if (overtaken(ConfigFileName.of(file), ours, deleted)) {
        return;
      }
      if (deleted) {
        applied.remove(file);
        Files.deleteIfExists(path);
        states.remove(file);
        return;
      }
      CfgFile old = Files.exists(path) ? CfgFile.read(path) : CfgFile.EMPTY;
      Path draft = folder.resolve("." + file + ".tmp");
      Files.writeString(draft, old.with(ours).text());
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written(ConfigFileName.of(file), ours);
      states.set(file, "applied", null);
      LOG.info("console change written back: file={}", file);
    } catch (IOException | CfgProblem e) {
      putBack(file, e);
    }
  }

  /**
   * The file holds these values now: Config Admin learns whose they are, unless it already holds
   * newer ones, which are accepted and written in their turn.
   */
  private void written(ConfigFileName name, Map<String, String> ours) throws IOException {
    applied.put(name.file(), Map.copyOf(ours));
    if (!overtaken(name, ours, false)) {
      apply(name, ours);
    }
  }

  /**
   * Whether Config Admin holds something newer than what was accepted: the file changed again
   * meanwhile, and writing back would undo that.
   */
  private boolean overtaken(ConfigFileName name, Map<String, String> accepted, boolean deleted)
      throws IOException {
    Configuration stored = stored(name);
    if (deleted || stored == null) {
      return deleted == (stored != null);
    }
    Map<String, String> now = new TreeMap<>();
    Dictionary<String, Object> properties = stored.getProperties();
    for (String key : Collections.list(properties.keys())) {
      if (!(properties.get(key) instanceof String text)) {
        return false; // Typed values come from the console: this is no file's state.
      }
      if (!key.startsWith("service.") && !key.equals(FILE_KEY)) {
        now.put(key, text);
      }
    }
    return !now.equals(accepted);
  }

  private @Nullable Configuration stored(ConfigFileName name) throws IOException {
    String instance = name.instance();
    String pid = instance == null ? name.pid() : name.pid() + "~" + instance;
    try {
      Configuration[] found =
          admin.listConfigurations("(" + Constants.SERVICE_PID + "=" + escape(pid) + ")");
      return found == null ? null : found[0];
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("filter for " + pid, e);
    }
  }

  /** The folder cannot be written, so the change would be lost at the next start: it is refused. */
  private void putBack(String file, Exception why) {
    String reason =
        "a change made in the console was put back, it cannot be written: " + Reasons.of(why);
    LOG.warn("configuration refused: file={} reason={}", file, reason);
    states.set(file, "refused", reason);
    Map<String, String> last = applied.get(file);
    try {
      if (last == null) {
        configuration(ConfigFileName.of(file)).delete();
      } else {
        apply(ConfigFileName.of(file), last);
      }
    } catch (IOException e) {
      LOG.error("configuration cannot be put back: file={}", file, e);
    }
  }

  private void onWorker(Runnable task) {
    try {
      worker.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          // The worker must outlive a task that failed.
          LOG.error("configuration task failed", e);
        }
      });
    } catch (RejectedExecutionException e) {
      LOG.debug("the configuration folder is closed", e);
    }
  }

  /** All files with what is wrong in them, for {@code check-config}; nothing is applied. */
  static List<Finding> findings(Path folder, ConfigurationCheck check) throws IOException {
    List<Finding> all = new ArrayList<>();
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(ConfigFolder::isConfiguration)
              .sorted()
              .toList();
    }
    for (String file : names) {
      var badName = ConfigFileName.problem(file);
      if (badName.isPresent()) {
        all.add(new Finding(true, file, null, null, badName.get(), null));
        continue;
      }
      ConfigFileName name = ConfigFileName.of(file);
      try {
        Map<String, String> values = CfgFile.read(folder.resolve(file)).values();
        all.addAll(
            unclaimed(check, name)
                ? List.of(
                    new Finding(
                        true, file, null, null, "no installed bundle takes " + name.pid(), null))
                : check.check(name.pid(), name.instance(), file, values));
      } catch (CfgProblem e) {
        all.add(new Finding(true, file, e.key(), null, e.reason(), null));
      }
    }
    return all;
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
