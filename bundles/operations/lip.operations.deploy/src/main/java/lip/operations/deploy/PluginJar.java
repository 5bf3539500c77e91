package lip.operations.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;

/**
 * The content of a file in the plugins folder. Its location tells name and content, so that another
 * content is another bundle.
 *
 * @param name file name
 * @param digest first 16 digits of the SHA-256
 * @param bytes content
 */
record PluginJar(String name, String digest, byte[] bytes) {
  private static final String PREFIX = "plugin:";

  static PluginJar read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new PluginJar(file.getFileName().toString(), digest(bytes), bytes);
  }

  /**
   * Throws with the reason when this is no bundle; Felix itself would install anything that is a
   * zip file.
   */
  void requireBundle() throws IOException {
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bytes))) {
      Manifest manifest = jar.getManifest();
      if (manifest == null && jar.getNextEntry() == null) {
        throw new IOException("not a jar file");
      }
      if (manifest == null
          || manifest.getMainAttributes().getValue("Bundle-SymbolicName") == null) {
        throw new IOException("not a bundle: its manifest has no Bundle-SymbolicName");
      }
    }
  }

  /**
   * Where a bundle of this content comes from.
   *
   * @param again 0; more while a bundle of the same content has not gone yet
   */
  String location(int again) {
    return PREFIX + name + "@" + digest + (again == 0 ? "" : "#" + again);
  }

  InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  /** Whether a bundle location was made by us. */
  static boolean isPlugin(String location) {
    return location.startsWith(PREFIX);
  }

  /** The file name in a location. */
  static String fileOf(String location) {
    return location.substring(PREFIX.length(), location.lastIndexOf('@'));
  }

  /** The digest in a location. */
  static String digestOf(String location) {
    int begin = location.lastIndexOf('@') + 1;
    int end = location.indexOf('#', begin);
    return end < 0 ? location.substring(begin) : location.substring(begin, end);
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
          .substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }
}
