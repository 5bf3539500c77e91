package lip.testing.system;

import java.time.Duration;
import java.util.List;

/**
 * The rows of the hot-change table. Each prepares what it needs and leaves an instance that any
 * other row can follow on.
 */
final class Rows {
  /** In the order of the table; the one that leaves a damaged process comes last. */
  static final List<String> IDS =
      List.of(
          "0", "1", "2", "3", "4", "5", "5b", "6", "7", "8", "9", "10", "11", "12", "13", "14",
          "14b", "15", "16", "15b");

  /** Streams of 70 pieces, 100 ms apart. */
  static final String SHAPE = "70x100";

  static final Traffic STREAMS = Traffic.chat("mark:" + SHAPE);
  static final Traffic REQUESTS = Traffic.chat("mark:3x0");

  private final Instance instance;
  private final Deployed deployed;
  private final PluginRows plugins;
  private final SettingsRows settings;
  private final BrokenPluginRows broken;
  private final ProcessRows process;

  Rows(Instance instance, PluginJars jars) {
    this.instance = instance;
    deployed = new Deployed(instance, jars);
    plugins = new PluginRows(instance, jars, deployed);
    settings = new SettingsRows(instance, deployed);
    broken = new BrokenPluginRows(instance, jars, deployed);
    process = new ProcessRows(instance, deployed);
  }

  /** What must lie in the folders before the first start. */
  void prepare() {
    deployed.prepare();
  }

  /** Waits until the backend of the rows serves. */
  void awaitReady() {
    deployed.awaitReady();
  }

  /** A row, with the instance made ready for it. */
  Row row(String id) {
    return switch (id) {
      case "0" ->
          Row.of(id, "none", STREAMS, REQUESTS, _ -> pause(Duration.ofSeconds(3)))
              .expecting(deployed.markVersion());
      case "1" -> plugins.newBackend(id);
      case "2" -> plugins.sideBySide(id);
      case "3" -> plugins.sameFile(id);
      case "4" -> plugins.deleted(id);
      case "5" -> plugins.feature(id);
      case "5b" -> plugins.featureShortDrain(id);
      case "6" -> plugins.frontend(id);
      case "7" -> settings.inFile(id);
      case "8" -> settings.inConsole(id);
      case "9" -> settings.broken(id);
      case "10" -> broken.brokenJars(id);
      case "11" -> broken.createThrows(id);
      case "12" -> plugins.builtIn(id);
      case "13" -> process.brokenAtRestart(id);
      case "14" -> process.terminated(id);
      case "14b" -> process.listenerMoved(id);
      case "15" -> broken.stuck(id, "sleeper", false);
      case "15b" -> broken.stuck(id, "burner", true);
      case "16" -> plugins.manyUpgrades(id);
      default -> throw new IllegalArgumentException("no row " + id);
    };
  }

  /** Puts back what a row changed for itself only. */
  void after(String id) {
    switch (id) {
      case "2", "3", "16" -> deployed.awaitOneMark();
      case "4" -> deployed.awaitNoFile("extra.jar");
      case "5" -> deployed.awaitNoFile("stamp.jar");
      case "5b" -> {
        deployed.awaitNoFile("stamp.jar");
        instance.deleteConfig("lip.test.stamp.cfg");
        instance.deleteConfig("lip.test.stamp~closed.cfg");
        instance.config("lip.plugins.cfg", "drain.timeout = 60s\n");
      }
      case "6" -> deployed.awaitNoFile("probe-" + (deployed.probe - 1) + ".jar");
      case "15" -> instance.config("lip.plugins.cfg", "drain.timeout = 60s\n");
      default -> {}
    }
  }

  private static String pause(Duration duration) {
    Wait.untilNanos(System.nanoTime() + duration.toNanos());
    return "control";
  }
}
