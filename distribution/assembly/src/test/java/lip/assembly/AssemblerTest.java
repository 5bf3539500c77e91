package lip.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblerTest {
  private static final String A = "{ \"id\": \"g.x:a:1\", \"bundleStartLevel\": 1 }";
  private static final String B = "{ \"id\": \"g.x:b:2\", \"bundleStartLevel\": 4 }";

  @TempDir Path root;
  private Path target;

  @BeforeEach
  void poolWithThreeJars() throws IOException {
    target = root.resolve("target/lip");
    write("pool/g/x/a/1/a-1.jar", "jar a");
    write("pool/g/x/b/2/b-2.jar", "jar b");
    write("pool/g/x/c/3/c-3.jar", "jar c");
    write("src/bin/lip", "#!/bin/sh");
    write("src/lib/java.sh", "");
    write("config/README.md", "settings");
    feature("base", A, B);
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void feature(String name, String... bundles) throws IOException {
    write(
        "features/" + name + ".feature.json",
        "{ \"id\": \"g:%s:1\", \"bundles\": [ %s ] }".formatted(name, String.join(",\n", bundles)));
  }

  private void assemble() throws IOException {
    var assembler =
        new Assembler(
            root.resolve("features"),
            new Pool(root.resolve("pool")),
            root.resolve("src"),
            root.resolve("config"));
    assembler.write(assembler.contents(), target, Optional.empty());
  }

  private String installed() throws IOException {
    try (Stream<Path> files = Files.walk(target.resolve("system"))) {
      return String.join(
          " ",
          files
              .filter(Files::isRegularFile)
              .map(file -> target.resolve("system").relativize(file).toString())
              .sorted()
              .toList());
    }
  }

  @Test
  void whatIsListedIsInstalledAtItsLevelAndNothingElse() throws IOException {
    assemble();
    assertThat(installed()).isEqualTo("1/a-1.jar 4/b-2.jar");
    assertThat(target.resolve("bin/lip")).isExecutable();
    assertThat(target.resolve("config/README.md")).exists();
    assertThat(target.resolve("plugins")).isEmptyDirectory();
  }

  @Test
  void takingALineOutTakesTheBundleOut() throws IOException {
    assemble();
    feature("base", B);
    assemble();
    assertThat(installed()).isEqualTo("4/b-2.jar");
  }

  @Test
  void whatIsNotInThePoolIsNamedWithItsFile() throws IOException {
    feature("extra", "{ \"id\": \"g.x:d:1\", \"bundleStartLevel\": 1 }");
    assertThatThrownBy(this::assemble)
        .isInstanceOf(AssemblyFailure.class)
        .hasMessageContaining("extra.feature.json")
        .hasMessageContaining("g.x:d:1");
  }

  @Test
  void anotherVersionIsNotTaken() throws IOException {
    feature("extra", "{ \"id\": \"g.x:c:4\", \"bundleStartLevel\": 1 }");
    assertThatThrownBy(this::assemble)
        .hasMessageContaining("extra.feature.json")
        .hasMessageContaining("g.x:c:4")
        .hasMessageContaining("version 3");
  }

  @Test
  void aBundleNeedsOneLevel() throws IOException {
    feature("extra", "{ \"id\": \"g.x:c:3\" }");
    assertThatThrownBy(this::assemble).hasMessageContaining("bundleStartLevel");
    feature("extra", "{ \"id\": \"g.x:a:1\", \"bundleStartLevel\": 2 }");
    assertThatThrownBy(this::assemble).hasMessageContaining("start level");
  }

  @Test
  void brokenAndUnknownTextIsRefused() throws IOException {
    write("features/bad.feature.json", "{ \"id\": \"g:bad:1\", \"bundels\": [] }");
    assertThatThrownBy(this::assemble)
        .hasMessageContaining("bad.feature.json")
        .hasMessageContaining("bundels");
    write("features/bad.feature.json", "{ \"id\": ");
    assertThatThrownBy(this::assemble).hasMessageContaining("bad.feature.json");
    write("features/bad.feature.json", "{ \"id\": \"only:two\", \"bundles\": [] }");
    assertThatThrownBy(this::assemble).hasMessageContaining("only:two");
  }

  @Test
  void configurationsOfAllSetsAreCollected() throws IOException {
    write(
        "features/one.feature.json",
        "{ \"id\": \"g:one:1\", \"configurations\": { \"p.one\": { \"k\": \"v\" } } }");
    assemble();
    assertThat(target.resolve("lib/features.json")).content().contains("p.one").contains("g.x:a:1");
    write(
        "features/two.feature.json",
        "{ \"id\": \"g:two:1\", \"configurations\": { \"p.one\": {} } }");
    assertThatThrownBy(this::assemble).hasMessageContaining("p.one");
  }

  @Test
  void theClassPathGoesIntoLib() throws IOException {
    write(
        "features/start.feature.json",
        """
        { "id": "g:start:1", "extensions": { "lip-class-path": { "artifacts": [ { "id": "g.x:c:3" } ] } } }
        """);
    assemble();
    assertThat(target.resolve("lib/c-3.jar")).content().isEqualTo("jar c");
    assertThat(installed()).doesNotContain("c-3");
  }

  @Test
  void anUnchangedJarIsLeftAloneForWhoRunsFromIt() throws IOException {
    assemble();
    Object before = Files.readAttributes(target.resolve("system/1/a-1.jar"), "unix:ino").get("ino");
    Files.setLastModifiedTime(
        root.resolve("pool/g/x/a/1/a-1.jar"), java.nio.file.attribute.FileTime.fromMillis(0));
    assemble();
    assertThat(Files.readAttributes(target.resolve("system/1/a-1.jar"), "unix:ino").get("ino"))
        .isEqualTo(before);
  }

  @Test
  void theSdkIsARepositoryWithPomsAndParents() throws IOException {
    write(
        "pom.xml",
        "<project><groupId>g.x</groupId><artifactId>root</artifactId><version>3</version><packaging>pom</packaging></project>");
    write(
        "m/c/pom.xml",
        "<project><parent><groupId>g.x</groupId><artifactId>root</artifactId><version>3</version>"
            + "<relativePath>../../pom.xml</relativePath></parent><artifactId>c</artifactId></project>");
    Path list = write("sdk.list", "# comment\n\nm/c\n");
    var folder = new Folder(target);
    var sdk = new SdkRepository(root, new Pool(root.resolve("pool")));
    sdk.write(list, folder);
    assertThat(target.resolve("sdk/g/x/c/3/c-3.jar")).exists();
    assertThat(target.resolve("sdk/g/x/c/3/c-3.pom")).exists();
    assertThat(target.resolve("sdk/g/x/root/3/root-3.pom")).exists();
    Path wrong = write("sdk.list", "m/d\n");
    assertThatThrownBy(() -> sdk.write(wrong, folder)).hasMessageContaining("m/d");
  }
}
