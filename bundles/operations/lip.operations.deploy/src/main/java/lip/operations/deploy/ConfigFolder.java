package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import lip.core.gateway.ConfigurationCheck;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.core.gateway.Inventory.FileView;
import lip.support.cfg.CfgFile;
import lip.support.cfg.CfgProblem;
import org.jspecify.annotations.Nullable;
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

  private final Path folder;
  private final StoredConfigurations stored;
  private final ConfigurationCheck check;
  private final FileStates states;
  private final Map<String, Map<String, String>> applied = new ConcurrentHashMap<>();
  private final AtomicBoolean recheckDue = new AtomicBoolean();
  private final Underway underway = new Underway();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("lip-config").factory());

  ConfigFolder(Path folder, ConfigurationAdmin admin, ConfigurationCheck check, FileStates states) {
    this.folder = folder;
    this.stored = new StoredConfigurations(admin);
    this.check = check;
    this.states = states;
  }

  /**
   * Reads all files, before anybody watches; then removes the configurations of files deleted while
   * the platform was down.
   */
  void load() throws IOException {
    ConfigFile.in(folder).forEach(this::read);
    for (String orphan : stored.orphans(folder)) {
      LOG.info("configuration removed, its file is gone: file={}", orphan);
      stored.delete(orphan);
    }
    // What waits for us must see the settings in force.
    underway.await();
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
            .filter(state -> ConfigFile.is(state.file()))
            .forEach(state -> read(state.file()));
      });
    }
  }

  private void read(String file) {
    if (!Files.exists(folder.resolve(file))) {
      return;
    }
    ConfigFile read;
    try {
      read = ConfigFile.read(folder, file);
    } catch (ConfigFile.Unreadable e) {
      refuse(file, List.of(e.finding()));
      return;
    } catch (IOException e) {
      refuse(
          file,
          List.of(new Finding(true, file, null, null, "cannot be read: " + Reasons.of(e), null)));
      return;
    }
    Map<String, String> values = read.values();
    FileView known = states.get(file);
    if (known != null && known.state().equals("applied") && values.equals(applied.get(file))) {
      return; // A look at our own writing: Config Admin may already hold newer values.
    }
    List<Finding> findings = read.findings(check);
    if (findings.stream().anyMatch(Finding::error)) {
      refuse(file, findings);
      return;
    }
    findings.forEach(finding -> LOG.warn("configuration: {}", finding.line()));
    try {
      apply(read.name(), values);
      states.set(
          file,
          read.unclaimed(check) ? "unclaimed" : "applied",
          findings.isEmpty() ? null : lines(findings));
    } catch (IOException e) {
      LOG.error("configuration cannot be stored: file={}", file, e);
      states.set(file, "refused", "cannot be stored: " + Reasons.of(e));
    }
  }

  private void apply(ConfigFileName name, Map<String, String> values) throws IOException {
    applied.put(name.file(), Map.copyOf(values));
    boolean singleton = check.use(name.pid()) == ConfigurationCheck.PidUse.SINGLETON;
    if (singleton) {
      underway.add(name.pid());
    }
    if (!stored.store(name, values)) {
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
      if (stored.delete(file)) {
        LOG.info("configuration removed: file={}", file);
      }
    } catch (IOException e) {
      LOG.error("configuration cannot be removed: file={}", file, e);
    }
  }

  /** A change is in force. One that did not come from the file is written to it. */
  @Override
  public void accepted(
      String pid, @Nullable String instance, Map<String, String> values, boolean deleted) {
    underway.remove(pid);
    onWorker(() -> writeBack(ConfigFileName.fileOf(pid, instance), values, deleted));
  }

  private void writeBack(String file, Map<String, String> values, boolean deleted) {
    Map<String, String> ours = new TreeMap<>(values);
    ours.remove(StoredConfigurations.FILE_KEY);
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
    Map<String, Object> now = stored.values(name);
    if (deleted || now == null) {
      return deleted == (now != null);
    }
    // Typed values come from the console: this is no file's state.
    return now.values().stream().allMatch(String.class::isInstance) && !now.equals(accepted);
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
        stored.delete(ConfigFileName.of(file));
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

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
