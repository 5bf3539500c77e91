package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarsTest {
  @TempDir Path folder;

  @Test
  void everyPluginBecomesABundle() throws Exception {
    var jars = new PluginJars(folder);

    for (Path jar :
        new Path[] {
          jars.mark("mark", "1.2.0"),
          jars.markThatCannotBeMade("mark", "1.3.0"),
          jars.stamp("stamp", "1.0.0"),
          jars.probe("probe", "1.0.0"),
          jars.sleeper("sleeper"),
          jars.burner("burner"),
          jars.throwing("throwing"),
          jars.unresolvable("needy")
        }) {
      try (var file = new JarFile(jar.toFile())) {
        Attributes head = file.getManifest().getMainAttributes();
        assertThat(head.getValue("Bundle-SymbolicName")).as(jar.toString()).startsWith("lip.test.");
        assertThat(String.valueOf(head.getValue("Import-Package")))
            .as(jar.toString())
            .doesNotContain("jspecify");
        if (jar.toString().contains("mark-")) {
          assertThat(head.getValue("Service-Component")).isNotNull();
          assertThat(file.stream().map(Object::toString))
              .anyMatch(name -> name.startsWith("OSGI-INF/metatype/"));
          assertThat(head.getValue("Import-Package"))
              .contains("lip.sdk.backend;version=\"[0.", "com.fasterxml.jackson.core;version");
        }
      }
    }
  }
}
