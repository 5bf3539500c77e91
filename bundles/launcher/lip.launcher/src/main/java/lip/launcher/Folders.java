package lip.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where things are. {@code home} is the distribution and only read; {@code run} holds the state of
 * one instance.
 *
 * @param home the distribution: {@code bin lib system}
 * @param run the run directory, the distribution itself unless another one is named
 * @param config the watched configuration folder
 */
record Folders(Path home, Path run, Path config) {

  /**
   * @param dir the run directory, or null for the distribution
   * @param config the configuration folder, or null for {@code config} of the run directory
   * @throws UsageError if a folder that was named is not there
   */
  static Folders of(Path home, @Nullable Path dir, @Nullable Path config) {
    Path run = absolute(dir == null ? home : dir);
    if (config != null && !Files.isDirectory(config)) {
      throw new UsageError("lip: configuration folder not found: " + config);
    }
    return new Folders(
        absolute(home), run, config == null ? run.resolve("config") : absolute(config));
  }

  /**
   * The distribution this process belongs to: {@code LIP_HOME}, else the folder above the
   * launcher's jar.
   *
   * @throws UsageError if that is no distribution
   */
  static Path home(Map<String, String> environment) {
    String named = environment.get("LIP_HOME");
    Path home = named == null || named.isBlank() ? aboveJar() : Path.of(named);
    if (!Files.isDirectory(home.resolve("system"))) {
      throw new UsageError(
          "lip: " + home + " is no LIP distribution (no folder system/ in it); check LIP_HOME");
    }
    return home;
  }

  private static Path aboveJar() {
    try {
      Path jar = Path.of(Folders.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path lib = jar.getParent();
      Path home = lib == null ? null : lib.getParent();
      return home == null ? Path.of("") : home;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the launcher's own jar has no usable address", e);
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  Path system() {
    return home.resolve("system");
  }

  Path plugins() {
    return run.resolve("plugins");
  }

  Path data() {
    return run.resolve("data");
  }

  Path logs() {
    return run.resolve("logs");
  }

  /** The addresses of the instance that runs in this folder; there only while one runs. */
  Path listeners() {
    return data().resolve("listeners.properties");
  }

  /** Makes what is missing of the run directory. */
  void create() throws StartFailure {
    for (Path folder : List.of(config, plugins(), data(), logs())) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new StartFailure(
            Exit.FAILED, "cannot make the folder " + folder + ": " + Reasons.of(e), e);
      }
    }
  }

  /** A jar or a setting that everybody may write is a door for everybody: refused. */
  void refuseForeignWriters() throws StartFailure {
    for (Path folder : List.of(config, plugins())) {
      if (writableByEverybody(folder)) {
        throw new StartFailure(
            Exit.CONFIGURATION,
            folder + " may be written by everybody; remove that right (chmod o-w) and start again");
      }
    }
  }

  private static boolean writableByEverybody(Path folder) {
    var view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (view == null) {
      return false; // no POSIX modes on this file system
    }
    try {
      return view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
