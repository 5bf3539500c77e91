package lip.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {
  @TempDir Path folder;

  private PluginJar jar(String symbolicName) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (symbolicName != null) {
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
    }
    Path file = folder.resolve("x@1.jar");
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
    return PluginJar.read(file);
  }

  @Test
  void theLocationTellsNameAndContent() throws Exception {
    PluginJar one = jar("a");
    PluginJar other = jar("b");
    assertThat(one.location(0)).isNotEqualTo(other.location(0));
    assertThat(PluginJar.isPlugin(one.location(0))).isTrue();
    assertThat(PluginJar.fileOf(one.location(0))).isEqualTo("x@1.jar");
    assertThat(PluginJar.digestOf(one.location(0))).isEqualTo(one.digest()).hasSize(16);
    assertThat(one.location(2)).isNotEqualTo(one.location(0));
    assertThat(PluginJar.fileOf(one.location(2))).isEqualTo("x@1.jar");
    assertThat(PluginJar.digestOf(one.location(2))).isEqualTo(one.digest());
  }

  @Test
  void onlyBundlesAreTaken() throws Exception {
    assertThatCode(jar("a")::requireBundle).doesNotThrowAnyException();
    assertThatThrownBy(jar(null)::requireBundle).hasMessageContaining("Bundle-SymbolicName");
    Path text = Files.writeString(folder.resolve("text.jar"), "hello");
    assertThatThrownBy(PluginJar.read(text)::requireBundle).hasMessageContaining("not a jar");
  }
}
