package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same jars, byte for byte, in another folder and at another time. */
@Tag("all")
@EnabledIfSystemProperty(
    named = "lip.all",
    matches = "true|",
    disabledReason = "a second build: run with -Dlip.all")
class ReproducibleBuildTest {
  @TempDir Path copy;

  @Test
  void aSecondBuildElsewhereGivesTheSameJars() throws Exception {
    copySources(Checkout.ROOT, copy);

    Process build =
        new ProcessBuilder(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-q",
                "-B",
                "-o",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                "-DskipTests",
                "-pl",
                "bundles/sdk/lip.sdk",
                "-am",
                "package")
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(build.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(build.exitValue()).as(output).isZero();

    for (String name : List.of("lip.api", "lip.sdk")) {
      Path first = Checkout.bundle(name).jar();
      Path second = copy.resolve(Checkout.ROOT.relativize(first));
      assertThat(second).as(name).hasSameBinaryContentAs(first);
    }
  }

  private static void copySources(Path from, Path to) throws IOException {
    for (String top : List.of("pom.xml", "bnd.bnd", ".mvn", "cnf", "bundles", "distribution")) {
      if (!Files.exists(from.resolve(top))) {
        continue;
      }
      try (Stream<Path> files = Files.walk(from.resolve(top))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path relative = from.relativize(file);
          if (!relative.toString().contains("/target/")) {
            Files.createDirectories(to.resolve(relative).getParent());
            Files.copy(file, to.resolve(relative));
          }
        }
      }
    }
  }
}
