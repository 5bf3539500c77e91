package lip.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;

/** Writes small bundles for tests. */
final class TestBundle {
  private TestBundle() {}

  static Path write(Path file, String name, String version) throws IOException {
    return write(file, manifest(name, version), null);
  }

  /** A bundle whose activator is a class of the tests. */
  static Path write(Path file, String name, Class<? extends BundleActivator> activator)
      throws IOException {
    Manifest manifest = manifest(name, "1.0.0");
    manifest.getMainAttributes().putValue("Bundle-Activator", activator.getName());
    manifest.getMainAttributes().putValue("Import-Package", "org.osgi.framework");
    return write(file, manifest, activator);
  }

  static Path fragment(Path file, String name, String host) throws IOException {
    Manifest manifest = manifest(name, "1.0.0");
    manifest.getMainAttributes().putValue("Fragment-Host", host);
    return write(file, manifest, null);
  }

  private static Manifest manifest(String name, String version) {
    var manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", version);
    return manifest;
  }

  private static Path write(Path file, Manifest manifest, Class<?> content) throws IOException {
    Files.createDirectories(file.getParent());
    try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      if (content != null) {
        String path = content.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(path));
        try (InputStream code = content.getClassLoader().getResourceAsStream(path)) {
          code.transferTo(jar);
        }
        jar.closeEntry();
      }
    }
    return file;
  }
}
