package lip.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolutionTest {
  @TempDir Path folder;
  private Resolution resolution;
  private Path provider;
  private Path consumer;

  @BeforeEach
  void threeBundles() throws IOException {
    Path framework = bundle("framework", "Export-Package", "org.osgi.framework;version=\"1.10\"");
    resolution = new Resolution(framework);
    provider = bundle("provider", "Export-Package", "p.api;version=\"1.2\"");
    consumer = bundle("consumer", "Import-Package", "p.api;version=\"[1.1,2)\",org.osgi.framework");
  }

  private Path bundle(String name, String header, String value) throws IOException {
    var manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue(header, value);
    Path file = folder.resolve(name + ".jar");
    try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      jar.putNextEntry(new JarEntry("p/api/"));
      jar.closeEntry();
    }
    return file;
  }

  @Test
  void bundlesThatHaveEachOtherResolve() throws Exception {
    assertThat(resolution.missing(List.of(provider, consumer))).isEmpty();
  }

  @Test
  void takingANeededBundleOutIsNoticed() throws Exception {
    assertThat(resolution.missing(List.of(consumer)).orElseThrow())
        .contains("consumer")
        .contains("p.api");
  }

  @Test
  void aServiceThatNobodyProvidesIsNoticed() throws Exception {
    Path needy =
        bundle(
            "needy",
            "Require-Capability",
            "osgi.service;filter:=\"(objectClass=p.api.Thing)\";effective:=active");
    assertThat(resolution.missing(List.of(needy)).orElseThrow()).contains("p.api.Thing");
  }

  @Test
  void theLauncherProvidesTheAnnouncements() throws Exception {
    Path core =
        bundle(
            "core",
            "Require-Capability",
            "osgi.service;filter:=\"(&(objectClass=java.util.function.Consumer)(lip.launcher=announce))\";effective:=active");
    assertThat(resolution.missing(List.of(core))).isEmpty();
  }
}
