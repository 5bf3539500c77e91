package lip.testing.system.readme;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that all sources are in. */
final class Checkout {
  private Checkout() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("cnf/bom/pom.xml"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("not inside a checkout: " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }
}
