package lip.testing.system.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import lip.testing.system.Distribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds the sample plugin as its author would: a copy elsewhere, {@code sdk/} of the distribution,
 * an empty local repository.
 */
@Tag("long")
@Tag("system")
@EnabledIfSystemProperty(
    named = "lip.all",
    matches = "|true",
    disabledReason = "fetches all that the build needs: run with -Dlip.all")
class SamplePluginTest {
  @TempDir Path temporary;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void itBuildsAgainstTheSdkFolderOnly() throws Exception {
    Path sample = temporary.resolve("sample-plugin");
    copy(Checkout.root().resolve("docs/guides/sample-plugin"), sample);
    Path sdk = Distribution.assembled().home().resolve("sdk");
    assertThat(sdk).isDirectory();

    var shell = new Shell(sample, temporary.resolve("m2"), temporary.resolve("logs"));
    Shell.Result result =
        shell.run("build", "mvn -q -B -Dlip.sdk='" + sdk + "' verify", Duration.ofMinutes(15));

    assertThat(result.exit()).as(result.output()).isZero();
    Path jar = sample.resolve("target/example.hello-1.0.0.jar");
    try (JarFile built = new JarFile(jar.toFile())) {
      var manifest = built.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("example.hello");
      assertThat(manifest.getValue("Import-Package"))
          .contains("lip.sdk.backend")
          .doesNotContain("lip.core", "lip.testing");
      assertThat(built.getEntry("OSGI-INF/example.hello.HelloKind.xml")).isNotNull();
      assertThat(built.getEntry("OSGI-INF/metatype/example.hello.HelloSettings.xml")).isNotNull();
    }
    assertThat(reports(sample)).as("contract tests that ran").isNotEmpty();
  }

  private static List<Path> reports(Path sample) throws IOException {
    try (Stream<Path> files = Files.list(sample.resolve("target/surefire-reports"))) {
      return files.filter(file -> file.toString().endsWith("ContractTest.xml")).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> !from.relativize(f).startsWith("target")).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
