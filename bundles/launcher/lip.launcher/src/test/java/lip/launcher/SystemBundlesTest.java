package lip.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;

class SystemBundlesTest {
  @TempDir Path home;
  private Path system;
  private SystemBundles bundles;

  @BeforeEach
  void twoBundles() throws Exception {
    system = home.resolve("system");
    bundles = new SystemBundles(system, home.resolve("record.properties"));
    TestBundle.write(system.resolve("1/one.jar"), "one", "1.0.0");
    TestBundle.write(system.resolve("4/four.jar"), "four", "1.0.0");
  }

  /** Boots the same framework storage once more and looks at it while it is up. */
  private SystemBundles.Changes boot(Consumer<BundleContext> look) throws Exception {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage", home.resolve("cache").toString(),
                    "org.osgi.framework.bsnversion", "multiple",
                    "org.osgi.framework.startlevel.beginning", "6"));
    framework.init();
    try {
      SystemBundles.Changes changes = bundles.reconcile(framework.getBundleContext());
      framework.start();
      look.accept(framework.getBundleContext());
      return changes;
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }

  private static Bundle named(BundleContext context, String name) {
    for (Bundle bundle : context.getBundles()) {
      if (name.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    throw new AssertionError("no bundle " + name);
  }

  @Test
  void installsByReferenceAtTheLevelOfTheFolder() throws Exception {
    var changes =
        boot(context -> {
          Bundle four = named(context, "four");
          assertThat(four.getLocation()).startsWith("reference:file:").endsWith("4/four.jar");
          assertThat(four.adapt(BundleStartLevel.class).getStartLevel()).isEqualTo(4);
          assertThat(four.getState()).isEqualTo(Bundle.ACTIVE);
        });
    assertThat(changes).isEqualTo(new SystemBundles.Changes(2, 0, 0, 0));
  }

  @Test
  void nothingIsDoneTwice() throws Exception {
    boot(context -> {});
    assertThat(boot(context -> assertThat(context.getBundles()).hasSize(3)))
        .isEqualTo(new SystemBundles.Changes(0, 0, 0, 2));
  }

  @Test
  void aChangedJarIsUpdatedAndAMissingOneUninstalled() throws Exception {
    boot(context -> {});
    TestBundle.write(system.resolve("4/four.jar"), "four", "1.1.0.longer");
    Files.delete(system.resolve("1/one.jar"));
    assertThat(
            boot(context -> {
              assertThat(context.getBundles()).hasSize(2);
              assertThat(named(context, "four").getVersion().getMinor()).isEqualTo(1);
              assertThat(named(context, "four").getState()).isEqualTo(Bundle.ACTIVE);
            }))
        // The framework itself forgets a bundle whose file is gone.
        .isEqualTo(new SystemBundles.Changes(0, 1, 0, 0));
  }

  @Test
  void anotherDistributionOnTheSameDataReplacesTheBundles() throws Exception {
    boot(context -> {});
    Path next = home.resolve("next/system");
    TestBundle.write(next.resolve("1/one.jar"), "one", "2.0.0");
    bundles = new SystemBundles(next, home.resolve("record.properties"));
    assertThat(boot(context -> assertThat(context.getBundles()).hasSize(2)))
        .isEqualTo(new SystemBundles.Changes(1, 0, 2, 0));
  }

  @Test
  void aBundleThatMovesToAnotherLevelStartsThere() throws Exception {
    boot(context -> {});
    Files.createDirectory(system.resolve("5"));
    Files.move(system.resolve("4/four.jar"), system.resolve("5/four.jar"));
    boot(context ->
        assertThat(named(context, "four").adapt(BundleStartLevel.class).getStartLevel())
            .isEqualTo(5));
  }

  @Test
  void pluginsAreLeftAlone() throws Exception {
    Path plugin = TestBundle.write(home.resolve("plugin.jar"), "plugin", "1.0.0");
    boot(context -> {
      try {
        context.installBundle("plugin:x", Files.newInputStream(plugin));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    boot(context -> assertThat(named(context, "plugin").getLocation()).isEqualTo("plugin:x"));
  }

  @Test
  void aFragmentIsNotStarted() throws Exception {
    TestBundle.fragment(system.resolve("1/part.jar"), "part", "one");
    boot(context -> assertThat(named(context, "part").getState()).isEqualTo(Bundle.RESOLVED));
  }

  @Test
  void aJarThatIsNoBundleIsNamed() throws Exception {
    Files.writeString(system.resolve("1/broken.jar"), "no zip");
    assertThatThrownBy(() -> boot(context -> {}))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("broken.jar");
  }
}
