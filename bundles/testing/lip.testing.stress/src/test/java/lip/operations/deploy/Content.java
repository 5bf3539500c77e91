package lip.operations.deploy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Version;

/**
 * A jar of the one plugin.
 *
 * @param serial tells it from all others
 * @param version major version of the bundle
 * @param how what becomes of it
 */
record Content(int serial, int version, How how) {
  private static final Attributes.Name SERIAL = new Attributes.Name("X-Serial");
  private static final Attributes.Name HOW = new Attributes.Name("X-How");

  enum How {
    /** It serves. */
    FINE,
    /** Its kind cannot make an instance. */
    BROKEN,
    /** Its bundle does not start. */
    UNSTARTABLE,
    /** It is no bundle. */
    GARBAGE
  }

  /** Whether the platform can have a bundle of it. */
  boolean starts() {
    return how == How.FINE || how == How.BROKEN;
  }

  Version bundleVersion() {
    return new Version(version, 0, 0);
  }

  byte[] bytes() {
    if (how == How.GARBAGE) {
      return ("garbage " + serial).getBytes(StandardCharsets.UTF_8);
    }
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-SymbolicName", "lip.test.one");
    main.putValue("Bundle-Version", bundleVersion().toString());
    main.put(SERIAL, Integer.toString(serial));
    main.put(HOW, how.name());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipEntry entry = new ZipEntry("META-INF/MANIFEST.MF");
    entry.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0)); // The same bytes at any time.
    try (JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(entry);
      manifest.write(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Content read(InputStream in) throws IOException {
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(in.readAllBytes()))) {
      Attributes main = jar.getManifest().getMainAttributes();
      return new Content(
          Integer.parseInt(main.getValue(SERIAL)),
          Version.parseVersion(main.getValue("Bundle-Version")).getMajor(),
          How.valueOf(main.getValue(HOW)));
    }
  }

  @Override
  public String toString() {
    return "#" + serial + " v" + version + (how == How.FINE ? "" : " " + how);
  }
}
