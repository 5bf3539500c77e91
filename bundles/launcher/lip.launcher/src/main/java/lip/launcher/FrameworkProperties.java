package lip.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the framework and the bundles are told at start. */
final class FrameworkProperties {
  /** Start level of a bundle that is dropped into a watched folder. */
  static final int PLUGIN_LEVEL = 5;

  /** FileInstall and the deployer stand above the core: their first scan must find it. */
  static final int LAST_LEVEL = 7;

  private FrameworkProperties() {}

  /** For an instance that serves: both folders are watched. */
  static Map<String, String> serving(Folders folders, String version) {
    Map<String, String> properties = common(folders, folders.data(), version, "run");
    properties.put("felix.fileinstall.dir", folders.config() + "," + folders.plugins());
    return properties;
  }

  /**
   * For a check: plugins are read, since their settings are checked too; nothing of the
   * configuration is applied.
   */
  static Map<String, String> checking(
      Folders folders, Path scratch, String version, Command.CheckConfig command) {
    Map<String, String> properties = common(folders, scratch, version, "check-config");
    properties.put("felix.fileinstall.dir", folders.plugins().toString());
    properties.put("lip.check.dir", folders.config().toString());
    properties.put("lip.check.strict", Boolean.toString(command.strict()));
    properties.put("lip.check.json", Boolean.toString(command.json()));
    return properties;
  }

  private static Map<String, String> common(
      Folders folders, Path data, String version, String command) {
    var properties = new HashMap<String, String>();
    properties.put("org.osgi.framework.storage", data.resolve("cache").toString());
    properties.put("org.osgi.framework.bsnversion", "multiple");
    properties.put("org.osgi.framework.startlevel.beginning", Integer.toString(LAST_LEVEL));
    // Errors reach us as framework events; Felix would print them a second time.
    properties.put("felix.log.level", "0");

    properties.put("felix.fileinstall.poll", "500");
    properties.put("felix.fileinstall.filter", "[^.].*\\.(jar|cfg|config)");
    properties.put("felix.fileinstall.noInitialDelay", "true");
    properties.put("felix.fileinstall.tmpdir", data.resolve("fileinstall").toString());
    properties.put("felix.fileinstall.start.level", Integer.toString(PLUGIN_LEVEL));
    properties.put("felix.fileinstall.active.level", "0");
    properties.put("felix.fileinstall.enableConfigSave", "false");
    properties.put("felix.fileinstall.bundles.new.start", "true");
    properties.put("felix.fileinstall.subdir.mode", "skip");
    properties.put("felix.fileinstall.log.level", "3");
    properties.put("felix.fileinstall.log.default", "jul");

    // Two servers come by factory configuration; the one Felix would start by itself stays off.
    properties.put("org.apache.felix.http.enable", "false");
    // Without our login the console refuses: admin/admin never exists.
    properties.put("felix.webconsole.security.providers", "lip");

    properties.put("lip.home", folders.home().toString());
    properties.put("lip.run.dir", folders.run().toString());
    properties.put("lip.config.dir", folders.config().toString());
    properties.put("lip.plugins.dir", folders.plugins().toString());
    properties.put("lip.data.dir", data.toString());
    properties.put("lip.logs.dir", folders.logs().toString());
    properties.put("lip.version", version);
    properties.put("lip.command", command);
    return properties;
  }
}
