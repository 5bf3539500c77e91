package lip.testing.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the sources themselves must look like. */
final class SourceRules {
  /** Lines of a file from which on it is reported. */
  static final int LONG = 400;

  private static final Pattern PARAGRAPH = Pattern.compile("/\\*\\*\\s*(\\*\\s*)?\\w");

  private SourceRules() {}

  /**
   * Packages without a package-info that has a paragraph and is null-marked, and packages astray.
   */
  static List<String> packageViolations(String bundle, Path sources) {
    var violations = new ArrayList<String>();
    var folders = new TreeSet<Path>();
    Checkout.javaFiles(sources).forEach(file -> folders.add(file.getParent()));
    for (Path folder : folders) {
      String name = sources.relativize(folder).toString().replace('/', '.');
      if (!name.equals(bundle) && !name.startsWith(bundle + ".")) {
        violations.add(bundle + ": package " + name + " is not below the bundle's name");
      }
      Path info = folder.resolve("package-info.java");
      if (!Files.exists(info)) {
        violations.add(bundle + ": package " + name + " has no package-info.java");
        continue;
      }
      String text = Checkout.read(info);
      if (!text.contains("@NullMarked")) {
        violations.add(bundle + ": package " + name + " is not @NullMarked");
      }
      if (!PARAGRAPH.matcher(text).find()) {
        violations.add(bundle + ": package " + name + " says nothing about itself");
      }
    }
    return violations;
  }

  /** Files over {@link #LONG} lines, as {@code lines path}. */
  static List<String> longFiles(Path sources) {
    return Checkout.javaFiles(sources).stream()
        .filter(file -> lines(file) > LONG)
        .map(file -> lines(file) + " " + sources.relativize(file))
        .toList();
  }

  private static long lines(Path file) {
    return Checkout.read(file).lines().count();
  }
}
