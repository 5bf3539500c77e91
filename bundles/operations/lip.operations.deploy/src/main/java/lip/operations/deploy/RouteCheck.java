package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.core.gateway.Inventory.InstanceView;
import lip.support.cfg.CfgFile;
import lip.support.cfg.CfgProblem;

/**
 * Whether the default route of a folder leads to a backend that the folder, or the distribution by
 * itself, makes.
 */
final class RouteCheck {
  private static final String FILE = "lip.routing.cfg";
  private static final String KEY = "default.route";
  private static final String BACKENDS = "lip.backend.";

  private RouteCheck() {}

  static List<Finding> findings(Path folder, List<InstanceView> instances) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    String route;
    try {
      route = CfgFile.read(file).values().getOrDefault(KEY, "");
    } catch (CfgProblem e) {
      return List.of(); // Said by the check of the file itself.
    }
    Set<String> known = known(folder, instances);
    int colon = route.indexOf(':');
    if (colon < 0 || known.contains(route.substring(0, colon))) {
      return List.of();
    }
    return List.of(
        new Finding(true, FILE, KEY, route, "leads to no backend", String.join(", ", known)));
  }

  private static Set<String> known(Path folder, List<InstanceView> instances) throws IOException {
    Set<String> known = new TreeSet<>();
    for (InstanceView instance : instances) {
      if (instance.family().equals("backend")) {
        known.add(instance.kind());
        known.add(instance.id());
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(BACKENDS) && name.endsWith(".cfg"))
          .filter(name -> ConfigFileName.problem(name).isEmpty())
          .map(name -> ConfigFileName.of(name).instance())
          .filter(java.util.Objects::nonNull)
          .forEach(known::add);
    }
    return known;
  }
}
