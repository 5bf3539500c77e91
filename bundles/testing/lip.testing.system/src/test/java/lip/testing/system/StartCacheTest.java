package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code lip cache}, on a copy of the distribution. */
@Tag("system")
@Tag("long")
class StartCacheTest {
  private static final String CLASSES = "-Xlog:class+load:file=";

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void theCacheIsUsedWhereItFitsAndPassedOverInSilenceWhereNot() throws Exception {
    Distribution copy = new Distribution(copy(Distribution.assembled().home()));
    Path said = folder.resolve("said");
    Process making = copy.start(said, "cache");
    assertThat(making.waitFor(500, TimeUnit.SECONDS)).isTrue();
    assertThat(making.exitValue()).as(() -> read(said)).isZero();
    Path cache = copy.home().resolve("lib/lip.aot");
    assertThat(cache).exists();

    assertThat(cachedClasses(copy, "fitting")).isPositive();

    Path jar = copy.home().resolve("lib").resolve(launcher(copy.home()));
    // What follows the end of a zip changes nothing but the file: the JVM itself would not notice.
    Files.writeString(jar, "changed", StandardOpenOption.APPEND);
    assertThat(cachedClasses(copy, "other-jars")).isZero();

    Files.writeString(cache, "no cache at all");
    assertThat(cachedClasses(copy, "junk")).isZero();
  }

  /** Classes of the launcher that came from the cache; the start must not speak of it. */
  private long cachedClasses(Distribution distribution, String name) throws IOException {
    Path loaded = folder.resolve(name + ".classes");
    try (Instance instance =
        new Instance(folder.resolve(name), distribution, List.of(CLASSES + loaded))) {
      instance.start();
      assertThat(instance.log()).doesNotContainIgnoringCase("[aot]").doesNotContain("[cds]");
    }
    try (Stream<String> lines = Files.lines(loaded)) {
      return lines
          .filter(line -> line.contains("lip.launcher.") && line.contains("shared objects file"))
          .count();
    }
  }

  private static String launcher(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("lip.launcher"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Path copy(Path home) throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(home.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    Files.deleteIfExists(copy.resolve("lib/lip.aot"));
    return copy;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
