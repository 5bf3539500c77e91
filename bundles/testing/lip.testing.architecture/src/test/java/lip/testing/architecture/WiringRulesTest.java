package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import lip.testing.architecture.WiringRules.BuiltJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringRulesTest {
  @TempDir Path folder;

  @Test
  void allBuiltBundlesKeepTheLayers() throws Exception {
    var jars = new ArrayList<BuiltJar>();
    for (Checkout.Bundle bundle : Checkout.bundles()) {
      if (bundle.hasMainSources() && Files.exists(bundle.jar())) {
        jars.add(BuiltJar.read(bundle.name(), bundle.jar()));
      }
    }

    assertThat(jars).extracting(BuiltJar::name).contains("lip.api", "lip.sdk", "lip.core");
    assertThat(WiringRules.violations(jars)).isEmpty();
  }

  @Test
  void everyBundleWithCodeHasAJarOfItsOwnName() throws Exception {
    for (Checkout.Bundle bundle : Checkout.products()) {
      assertThat(bundle.jar()).as(bundle.name()).exists();
      assertThat(BuiltJar.read(bundle.name(), bundle.jar()).name()).isEqualTo(bundle.name());
    }
  }

  @Test
  void everyBundleFolderIsBuiltAndThisModuleRunsAfterIt() {
    var families = new TreeSet<String>();
    var astray = new TreeSet<String>();
    String pom =
        Checkout.read(Checkout.bundle("lip.testing.architecture").folder().resolve("pom.xml"));
    for (Checkout.Bundle bundle : Checkout.bundles()) {
      families.add("bundles/" + bundle.family());
      if (!Checkout.modules(bundle.folder().resolveSibling("pom.xml")).contains(bundle.name())) {
        astray.add(bundle.name());
      }
    }
    assertThat(Checkout.modules(Checkout.ROOT.resolve("pom.xml"))).containsAll(families);
    assertThat(astray)
        .as("folders that no family POM names, see Checkout.WAITING")
        .isEqualTo(Checkout.WAITING);
    for (Checkout.Bundle bundle : Checkout.products()) {
      assertThat(pom)
          .as("the POM of lip.testing.architecture depends on %s", bundle.name())
          .contains("<artifactId>" + bundle.name() + "</artifactId>");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lip.api             | lip.sdk.http                | lip.api imports lip.sdk.http: not open to api
          lip.api             | org.slf4j                   | lip.api imports org.slf4j: the API needs java.* only
          lip.sdk             | lip.core.gateway            | lip.sdk imports lip.core.gateway: not open to sdk
          lip.core.http       | lip.core.upstream           | lip.core.http imports lip.core.upstream: not open to core
          lip.backend.stub    | lip.core.gateway            | lip.backend.stub imports lip.core.gateway: not open to backend
          lip.backend.stub    | lip.frontend.anthropic      | lip.backend.stub imports lip.frontend.anthropic: not open to backend
          lip.feature.guard   | lip.support.json            | lip.feature.guard imports lip.support.json: support is embedded, never wired
          lip.store.sqlite    | com.fasterxml.jackson.databind | lip.store.sqlite imports com.fasterxml.jackson.databind: plugins embed what else they need
          lip.operations.x    | lip.core.snapshot           | lip.operations.x imports lip.core.snapshot: not open to operations
          lip.operations.x    | lip.testing.kit             | lip.operations.x imports lip.testing.kit: not open to operations
          lip.support.sse     | lip.core.gateway            | lip.support.sse imports lip.core.gateway: not open to support
          lip.launcher        | lip.core.gateway            | lip.launcher imports lip.core.gateway: not open to launcher
          lip.novelty.x       | java.util                   | lip.novelty.x: unknown layer, add it to the table of WiringRules
          """)
  void aForbiddenImportIsNamed(String bundle, String imported, String violation) throws Exception {
    assertThat(violations(bundle, "Import-Package", imported + ";version=\"[1.0,2)\""))
        .containsExactly(violation);
  }

  @ParameterizedTest
  @CsvSource({
    "lip.sdk, lip.api.call",
    "lip.core, lip.sdk.backend",
    "lip.core.http, lip.core.gateway",
    "lip.backend.stub, lip.sdk.backend",
    "lip.backend.stub, org.slf4j",
    "lip.frontend.anthropic, com.fasterxml.jackson.core.io",
    "lip.operations.console, lip.core.gateway",
    "lip.testing.kit, lip.core.snapshot",
  })
  void anAllowedImportIsSilent(String bundle, String imported) throws Exception {
    assertThat(violations(bundle, "Import-Package", imported)).isEmpty();
  }

  @Test
  void exportsOfSupportOfOthersAndOfTheCoreAreNamed() throws Exception {
    assertThat(violations("lip.support.sse", "Export-Package", "lip.support.sse"))
        .containsExactly("lip.support.sse exports lip.support.sse: support is never exported");
    assertThat(violations("lip.backend.stub", "Export-Package", "lip.backend.anthropic"))
        .containsExactly(
            "lip.backend.stub exports lip.backend.anthropic: a package of another bundle");
    assertThat(violations("lip.core", "Export-Package", "lip.core.snapshot"))
        .containsExactly("lip.core exports lip.core.snapshot: it exports lip.core.gateway only");
    assertThat(violations("lip.core", "Export-Package", "lip.core.gateway;version=1"))
        .containsExactly("lip.core exports lip.core.gateway: without a mandatory attribute");
    assertThat(violations("lip.core", "Export-Package", "lip.core.gateway;a=b;mandatory:=a"))
        .isEmpty();
  }

  @Test
  void otherWaysToWireAreNamed() throws Exception {
    assertThat(violations("lip.backend.stub", "DynamicImport-Package", "*"))
        .containsExactly(
            "lip.backend.stub: has DynamicImport-Package; wire by Import-Package only");
    assertThat(violations("lip.backend.stub", "Require-Bundle", "lip.core")).hasSize(1);
  }

  /** Writes a jar, so that the reading is tested too. */
  private List<String> violations(String bundle, String header, String value) throws IOException {
    var manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-SymbolicName", bundle + ";singleton:=true");
    main.putValue(header, value);
    Path jar = folder.resolve(bundle + ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.finish();
    }
    return WiringRules.violations(List.of(BuiltJar.read(bundle, jar)));
  }
}
