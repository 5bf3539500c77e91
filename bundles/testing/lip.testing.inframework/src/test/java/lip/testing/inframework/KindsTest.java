package lip.testing.inframework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lip.testing.system.PluginJars;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A kind is there exactly as long as its bundle is. */
@Tag("system")
@ExtendWith(InFramework.class)
class KindsTest {
  @TempDir Path folder;

  @Test
  void aKindComesChangesAndGoesWithItsBundle(Platform platform) throws Exception {
    PluginJars jars = new PluginJars(folder);
    Path jar = jars.mark("guest", "1.0.0");
    assertThat(kinds(platform)).isZero();

    Bundle bundle = platform.context().installBundle(jar.toUri().toString());
    try {
      bundle.start();
      Platform.await("the instance is live")
          .until(() -> platform.states("guest").contains("active"));
      assertThat(kinds(platform)).isEqualTo(1);
      assertThat(platform.ask("guest:2x0").text()).contains("0:1.0.0/a:", "1:1.0.0/a:", "end:2:");

      try (InputStream next = Files.newInputStream(jars.mark("guest", "1.1.0"))) {
        bundle.update(next);
      }
      Platform.await("the new code answers")
          .until(() -> platform.ask("guest:2x0").text().contains("0:1.1.0/a:"));
      assertThat(kinds(platform)).isEqualTo(1);
    } finally {
      bundle.uninstall();
    }

    Platform.await("the instance is gone").until(() -> platform.states("guest").isEmpty());
    assertThat(kinds(platform)).isZero();
    assertThat(platform.ask("guest:2x0").text()).doesNotContain("end:2:");
    assertThat(platform.ask("local-stub:stub-default").status()).isEqualTo(200);
  }

  private static long kinds(Platform platform) {
    return platform.inventory().list("kinds").stream()
        .filter(one -> one.text("id").equals("guest"))
        .count();
  }
}
