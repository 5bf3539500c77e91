package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.service.diff.Delta;
import aQute.bnd.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiBaselineTest {
  private static final Path BASELINE = Checkout.ROOT.resolve("cnf/baseline");
  private static final Path DIFFS = Checkout.ROOT.resolve("docs/reference/api-diff");
  private static final String NONE = "none";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"lip.api", "lip.sdk"})
  void theApiKeepsItsPromise(String bundle) throws Exception {
    Path built = Checkout.bundle(bundle).jar();
    if (Refresh.BASELINE.wanted()) {
      release(bundle, built);
    }
    String released = releases().get(bundle);
    assertThat(released).as("line of %s in cnf/baseline/released.txt", bundle).isNotNull();
    if (released.equals(NONE)) {
      compareOrWrite(bundle, List.of("No release to compare with yet."));
      return;
    }

    var comparison = ApiBaseline.compare(BASELINE.resolve(released), built);

    assertThat(comparison.violations())
        .as(
            "raise @Version in package-info.java; the changes:\n%s",
            String.join("\n", comparison.report()))
        .isEmpty();
    compareOrWrite(
        bundle,
        Stream.concat(Stream.of("Compared with " + released + ":"), comparison.report().stream())
            .toList());
  }

  @Test
  void aRemovedMethodTurnsRedUntilTheVersionIsRaised() throws Exception {
    Path released = jar("0.1.0", "public interface Door { void open(); void close(); }");
    Path same = jar("0.1.0", "public interface Door { void open(); }");
    Path tooLow = jar("0.1.1", "public interface Door { void open(); }");
    Path raised = jar("0.2.0", "public interface Door { void open(); }");

    assertThat(ApiBaseline.compare(released, same).violations())
        .containsExactly("lip.x: MAJOR change, but version 0.1.0 -> 0.1.0");
    assertThat(ApiBaseline.compare(released, tooLow).violations()).hasSize(1);
    var comparison = ApiBaseline.compare(released, raised);
    assertThat(comparison.violations()).isEmpty();
    assertThat(comparison.report())
        .contains("lip.x 0.1.0 -> 0.2.0: MAJOR", "    REMOVED METHOD close()");
  }

  @Test
  void anAddedMethodTurnsRedUntilTheVersionIsRaised() throws Exception {
    Path released = jar("1.0.0", "public final class Door { public void open() {} }");
    String grown = "public final class Door { public void open() {} public void close() {} }";

    assertThat(ApiBaseline.compare(released, jar("1.0.1", grown)).violations())
        .containsExactly("lip.x: MINOR change, but version 1.0.0 -> 1.0.1");
    assertThat(ApiBaseline.compare(released, jar("1.1.0", grown)).violations()).isEmpty();
    assertThat(ApiBaseline.compare(released, released).report()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MAJOR, 0.1.0, 0.1.9, false",
    "MAJOR, 0.1.0, 0.2.0, true",
    "MAJOR, 1.1.0, 1.2.0, false",
    "MAJOR, 1.1.0, 2.0.0, true",
    "MINOR, 0.1.0, 0.1.0, false",
    "MINOR, 0.1.0, 0.1.1, true",
    "MINOR, 1.1.0, 1.1.1, false",
    "MINOR, 1.1.0, 1.2.0, true",
    "REMOVED, 0.1.0, 0.1.1, false",
    "MICRO, 1.0.0, 1.0.0, true",
  })
  void theStepMustCoverTheChange(Delta delta, String before, String after, boolean enough) {
    assertThat(ApiBaseline.raisedEnough(delta, new Version(before), new Version(after)))
        .isEqualTo(enough);
  }

  private static void compareOrWrite(String bundle, List<String> lines) throws IOException {
    Path file = DIFFS.resolve(bundle + ".txt");
    String text = String.join("\n", lines) + "\n";
    if (Refresh.API_DIFF.wanted() || Refresh.BASELINE.wanted()) {
      Files.createDirectories(DIFFS);
      Files.writeString(file, text);
    }
    assertThat(file)
        .as("a reader of the change sees what it does to plugins: %s", Refresh.API_DIFF.command())
        .hasContent(text);
  }

  /** Bundle to file name of the released jar. */
  private static Map<String, String> releases() throws IOException {
    var releases = new TreeMap<String, String>();
    for (String line : Files.readAllLines(BASELINE.resolve("released.txt"))) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] words = line.split(" ");
        releases.put(words[0], words[1]);
      }
    }
    return releases;
  }

  private static void release(String bundle, Path built) throws IOException {
    String name = built.getFileName().toString();
    Files.copy(built, BASELINE.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    Path list = BASELINE.resolve("released.txt");
    Files.write(
        list,
        Files.readAllLines(list).stream()
            .map(line -> line.startsWith(bundle + " ") ? bundle + " " + name : line)
            .toList());
  }

  private Path jar(String version, String source) throws IOException {
    Path classes = JavaSources.compile(Map.of("lip.x.Door", "package lip.x; " + source), folder);
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.putValue("Manifest-Version", "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "lip.x");
    main.putValue("Bundle-Version", version);
    main.putValue("Export-Package", "lip.x;version=\"" + version + "\"");
    Path jar = Files.createTempFile(folder, "door", ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("lip/x/Door.class"));
      Files.copy(classes.resolve("lip/x/Door.class"), out);
      out.closeEntry();
    }
    return jar;
  }
}
