package lip.testing.architecture;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Who may wire to whom, judged by what the framework enforces: the manifests of the built jars. */
final class WiringRules {
  /** Layer to the packages of ours that it may import; a star stands for all packages below. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("api", List.of()),
          Map.entry("sdk", List.of("lip.api.*")),
          // Embedded by plugins that have both anyway.
          Map.entry("support", List.of("lip.api.*", "lip.sdk.*")),
          Map.entry("core", List.of("lip.api.*", "lip.sdk.*", "lip.core.gateway")),
          Map.entry("frontend", List.of("lip.api.*", "lip.sdk.*")),
          Map.entry("backend", List.of("lip.api.*", "lip.sdk.*")),
          Map.entry("feature", List.of("lip.api.*", "lip.sdk.*")),
          Map.entry("store", List.of("lip.api.*", "lip.sdk.*")),
          Map.entry("operations", List.of("lip.api.*", "lip.sdk.*", "lip.core.gateway")),
          Map.entry("launcher", List.of()),
          Map.entry("testing", List.of("lip.*")));

  private static final Set<String> PLUGINS = Set.of("frontend", "backend", "feature", "store");

  /** What plugins may find in the framework besides our own packages; all else they embed. */
  private static final List<String> PLUGINS_MAY_IMPORT =
      List.of(
          "org.slf4j.*",
          "com.fasterxml.jackson.core.*",
          "org.osgi.*",
          // A plugin's own pages are whiteboard servlets on the admin listener.
          "jakarta.servlet.*",
          // JDBC drivers are shared: one loader for each native library.
          "org.sqlite.*",
          "org.postgresql.*",
          // Of the JDK.
          "javax.*",
          "com.sun.net.httpserver.*",
          "org.w3c.dom.*",
          "org.xml.sax.*");

  /** Logging and tests attach fragments to libraries of others. */
  private static final Set<String> FREE_TO_ATTACH = Set.of("operations", "testing");

  private static final String GATEWAY = "lip.core.gateway";

  private WiringRules() {}

  /** What a jar says about its wiring. */
  record BuiltJar(
      String name, Map<String, Attrs> imports, Map<String, Attrs> exports, List<String> requires) {
    static BuiltJar read(String name, Path jar) throws IOException {
      try (var file = new JarFile(jar.toFile())) {
        return of(name, file.getManifest());
      }
    }

    static BuiltJar of(String name, Manifest manifest) {
      var main = manifest.getMainAttributes();
      String symbolicName = main.getValue("Bundle-SymbolicName");
      return new BuiltJar(
          symbolicName == null ? name : symbolicName.replaceFirst(";.*", ""),
          header(main.getValue("Import-Package")),
          header(main.getValue("Export-Package")),
          Stream.of("Require-Bundle", "DynamicImport-Package", "Fragment-Host")
              .filter(h -> main.getValue(h) != null)
              .toList());
    }

    /** The second word of the name: {@code backend} of {@code lip.backend.stub}. */
    String layer() {
      String[] words = name.split("\\.");
      return words.length < 2 ? "" : words[1];
    }

    private static Map<String, Attrs> header(String value) {
      return value == null ? Map.of() : new Parameters(OSGiHeader.parseHeader(value));
    }
  }

  /** One line per broken rule; each names bundle and package. */
  static List<String> violations(List<BuiltJar> jars) {
    var violations = new ArrayList<String>();
    for (BuiltJar jar : jars) {
      List<String> allowed = MAY_IMPORT.get(jar.layer());
      if (allowed == null) {
        violations.add(jar.name() + ": unknown layer, add it to the table of WiringRules");
        continue;
      }
      imports(jar, allowed, violations);
      exports(jar, violations);
      if (!FREE_TO_ATTACH.contains(jar.layer())) {
        for (String header : jar.requires()) {
          violations.add(jar.name() + ": has " + header + "; wire by Import-Package only");
        }
      }
    }
    return violations;
  }

  private static void imports(BuiltJar jar, List<String> allowed, List<String> violations) {
    for (String name : jar.imports().keySet()) {
      if (jar.exports().containsKey(name)) {
        continue; // its own package, substitutable
      }
      if (ours(name)) {
        if (name.startsWith("lip.support.") && jar.name().startsWith("lip.support.")) {
          continue; // both end up in whoever embeds them
        }
        if (name.startsWith("lip.support.")) {
          violations.add(jar.name() + " imports " + name + ": support is embedded, never wired");
        } else if (!matches(name, allowed)) {
          violations.add(jar.name() + " imports " + name + ": not open to " + jar.layer());
        }
      } else if (jar.layer().equals("api") || jar.layer().equals("sdk")) {
        violations.add(jar.name() + " imports " + name + ": the API needs java.* only");
      } else if (PLUGINS.contains(jar.layer()) && !matches(name, PLUGINS_MAY_IMPORT)) {
        violations.add(jar.name() + " imports " + name + ": plugins embed what else they need");
      }
    }
  }

  private static void exports(BuiltJar jar, List<String> violations) {
    jar.exports()
        .forEach((name, attributes) -> {
          if (name.startsWith("lip.support.")) {
            violations.add(jar.name() + " exports " + name + ": support is never exported");
          } else if (ours(name) && !name.equals(jar.name()) && !name.startsWith(jar.name() + ".")) {
            violations.add(jar.name() + " exports " + name + ": a package of another bundle");
          }
          if (jar.name().equals("lip.core") && !name.equals(GATEWAY)) {
            violations.add("lip.core exports " + name + ": it exports " + GATEWAY + " only");
          }
          if (name.equals(GATEWAY) && !attributes.containsKey("mandatory:")) {
            violations.add(jar.name() + " exports " + name + ": without a mandatory attribute");
          }
        });
  }

  private static boolean ours(String name) {
    return name.equals("lip") || name.startsWith("lip.");
  }

  private static boolean matches(String name, List<String> patterns) {
    for (String pattern : patterns) {
      if (pattern.endsWith(".*")) {
        String stem = pattern.substring(0, pattern.length() - 2);
        if (name.equals(stem) || name.startsWith(stem + ".")) {
          return true;
        }
      } else if (name.equals(pattern)) {
        return true;
      }
    }
    return false;
  }
}
