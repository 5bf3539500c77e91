package lip.testing.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this checkout. */
final class Checkout {
  /** The folder that holds {@code cnf/} and {@code bundles/}. */
  static final Path ROOT = root();

  /** Folders that are not in the reactor yet: they wait for something that is being built. */
  static final Set<String> WAITING = Set.of();

  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private Checkout() {}

  /** A folder {@code bundles/<family>/<name>} with a POM. */
  record Bundle(String name, String family, Path folder) {
    Path mainSources() {
      return folder.resolve("src/main/java");
    }

    Path classes() {
      return folder.resolve("target/classes");
    }

    Path jar() {
      return folder.resolve("target").resolve(name + "-" + version() + ".jar");
    }

    boolean hasMainSources() {
      return Files.isDirectory(mainSources());
    }

    boolean isTesting() {
      return family.equals("testing");
    }
  }

  /** All bundle folders, by name. */
  static List<Bundle> bundles() {
    var found = new ArrayList<Bundle>();
    for (Path family : children(ROOT.resolve("bundles"))) {
      for (Path folder : children(family)) {
        if (Files.exists(folder.resolve("pom.xml"))) {
          found.add(
              new Bundle(folder.getFileName().toString(), family.getFileName().toString(), folder));
        }
      }
    }
    return List.copyOf(found);
  }

  /**
   * What is shipped or run: every bundle with code, but those of the family testing and those that
   * wait.
   */
  static List<Bundle> products() {
    return bundles().stream()
        .filter(b -> b.hasMainSources() && !b.isTesting() && !WAITING.contains(b.name()))
        .toList();
  }

  static Bundle bundle(String name) {
    return bundles().stream().filter(b -> b.name().equals(name)).findFirst().orElseThrow();
  }

  /** The modules that a POM names. */
  static Set<String> modules(Path pom) {
    var modules = new TreeSet<String>();
    var matcher = MODULE.matcher(read(pom));
    while (matcher.find()) {
      modules.add(matcher.group(1));
    }
    return modules;
  }

  static List<Path> javaFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version of the product: the first one in the root POM. */
  static String version() {
    var matcher = VERSION.matcher(read(ROOT.resolve("pom.xml")));
    if (!matcher.find()) {
      throw new IllegalStateException("pom.xml names no version");
    }
    return matcher.group(1);
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("cnf/bom/pom.xml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside a checkout: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }
}
