package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API jars as JPMS modules: a plugin author may compile and run on the module path. */
class ModulePathTest {
  private static final Path API = Checkout.bundle("lip.api").jar();
  private static final Path SDK = Checkout.bundle("lip.sdk").jar();
  private static final String MODULE_PATH = API + File.pathSeparator + SDK;

  private static final Map<String, String> CONSUMER =
      Map.of(
          "module-info",
          "module consumer { requires lip.sdk; }",
          "consumer.Main",
          """
          package consumer;

          import lip.api.message.Part;
          import lip.sdk.Kind;

          public class Main {
            public static void main(String[] arguments) {
              System.out.println(Part.Text.of("hello").text() + " from " + Kind.class.getModule());
            }
          }
          """);

  @TempDir Path folder;

  @Test
  void theDescriptorsSayWhatTheBundlesSay() {
    ModuleDescriptor api = descriptor("lip.api");
    ModuleDescriptor sdk = descriptor("lip.sdk");

    assertThat(api.version()).isPresent();
    assertThat(api.exports()).extracting(e -> e.source()).contains("lip.api", "lip.api.message");
    assertThat(sdk.exports()).extracting(e -> e.source()).contains("lip.sdk", "lip.sdk.backend");
    assertThat(requires(sdk, "lip.api").modifiers()).contains(Requires.Modifier.TRANSITIVE);
    // Annotations only: a consumer needs no third jar at run time.
    assertThat(api.requires())
        .filteredOn(r -> !r.name().equals("java.base"))
        .allMatch(r -> r.modifiers().contains(Requires.Modifier.STATIC));
  }

  @Test
  void aConsumerCompilesAndRunsOnTheModulePath() throws Exception {
    Path classes = JavaSources.compile(CONSUMER, folder, "--module-path", MODULE_PATH);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                MODULE_PATH + File.pathSeparator + classes,
                "-m",
                "consumer/consumer.Main")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output.strip()).isEqualTo("hello from module lip.sdk");
    assertThat(process.exitValue()).isZero();
  }

  private static ModuleDescriptor descriptor(String name) {
    return ModuleFinder.of(API, SDK).find(name).orElseThrow().descriptor();
  }

  private static Requires requires(ModuleDescriptor module, String name) {
    return module.requires().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }
}
