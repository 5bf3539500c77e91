package lip.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Brings what the framework remembers into line with {@code system/<start level>/}: the folder is
 * the truth. Bundles are installed by reference, so the framework uses the jars in place. Others
 * (plugins) are left alone.
 */
final class SystemBundles {
  private static final String REFERENCE = "reference:file:";

  private final Path system;
  private final Path record;

  /**
   * @param system the folder with one sub-folder per start level
   * @param record remembers the state of each jar, since an exchanged one may carry an old date
   */
  SystemBundles(Path system, Path record) {
    this.system = system;
    this.record = record;
  }

  /** What was done. */
  record Changes(int installed, int updated, int uninstalled, int kept) {}

  private record Jar(Path file, int level, String state) {}

  Changes reconcile(BundleContext context) throws StartFailure {
    try {
      Map<String, Jar> wanted = jars();
      if (wanted.isEmpty()) {
        throw new StartFailure(
            Exit.FAILED, system + " holds no bundles: this is no complete distribution");
      }
      Map<String, String> before = remembered();
      int uninstalled = uninstallOthers(context, wanted);
      int installed = 0;
      int updated = 0;
      int kept = 0;
      for (var entry : wanted.entrySet()) {
        Bundle bundle = context.getBundle(entry.getKey());
        Jar jar = entry.getValue();
        if (bundle == null) {
          bundle = install(context, entry.getKey(), jar);
          installed++;
        } else if (!jar.state().equals(before.get(entry.getKey()))) {
          update(bundle, jar);
          updated++;
        } else {
          kept++;
        }
        start(bundle, jar);
      }
      remember(wanted);
      return new Changes(installed, updated, uninstalled, kept);
    } catch (IOException e) {
      throw new StartFailure(
          Exit.FAILED, "cannot read the bundles of " + system + ": " + Reasons.of(e), e);
    }
  }

  private Map<String, Jar> jars() throws IOException {
    var jars = new TreeMap<String, Jar>();
    for (int level = 1; level <= FrameworkProperties.LAST_LEVEL; level++) {
      Path folder = system.resolve(Integer.toString(level));
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".jar")).toList()) {
            jars.put("reference:" + file.toUri(), new Jar(file, level, state(file)));
          }
        }
      }
    }
    return jars;
  }

  private static String state(Path file) throws IOException {
    return Files.size(file) + "@" + Files.getLastModifiedTime(file).toMillis();
  }

  private static int uninstallOthers(BundleContext context, Map<String, Jar> wanted)
      throws StartFailure {
    int count = 0;
    for (Bundle bundle : context.getBundles()) {
      String location = bundle.getLocation();
      if (location.startsWith(REFERENCE) && !wanted.containsKey(location)) {
        try {
          bundle.uninstall();
        } catch (BundleException e) {
          throw failure("uninstall", location, e);
        }
        count++;
      }
    }
    return count;
  }

  private static Bundle install(BundleContext context, String location, Jar jar)
      throws StartFailure {
    try {
      Bundle bundle = context.installBundle(location);
      if (bundle.getSymbolicName() == null) {
        bundle.uninstall();
        throw new StartFailure(
            Exit.FAILED, jar.file() + " is not a bundle: it has no Bundle-SymbolicName");
      }
      return bundle;
    } catch (BundleException e) {
      throw failure("install", jar.file(), e);
    }
  }

  private static void update(Bundle bundle, Jar jar) throws StartFailure {
    try {
      bundle.update();
    } catch (BundleException e) {
      throw failure("update", jar.file(), e);
    }
  }

  /** Marks the bundle as started: the framework, not active yet, starts it when its level comes. */
  private static void start(Bundle bundle, Jar jar) throws StartFailure {
    bundle.adapt(BundleStartLevel.class).setStartLevel(jar.level());
    if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
      return;
    }
    try {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      throw failure("start", jar.file(), e);
    }
  }

  private static StartFailure failure(String what, Object which, BundleException problem) {
    return new StartFailure(
        Exit.FAILED,
        "cannot " + what + " the bundle " + which + ": " + Reasons.of(problem),
        problem);
  }

  private Map<String, String> remembered() throws IOException {
    var states = new HashMap<String, String>();
    if (Files.exists(record)) {
      var properties = new Properties();
      try (var reader = Files.newBufferedReader(record)) {
        properties.load(reader);
      }
      properties
          .stringPropertyNames()
          .forEach(name -> states.put(name, properties.getProperty(name)));
    }
    return states;
  }

  private void remember(Map<String, Jar> wanted) throws IOException {
    var properties = new Properties();
    wanted.forEach((location, jar) -> properties.put(location, jar.state()));
    try (var writer = Files.newBufferedWriter(record)) {
      properties.store(writer, null);
    }
  }
}
