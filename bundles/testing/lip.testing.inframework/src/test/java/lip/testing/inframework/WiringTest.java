package lip.testing.inframework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Who sees whose packages in the running framework. */
@Tag("system")
@ExtendWith(InFramework.class)
class WiringTest {
  private static final String PACKAGE = PackageNamespace.PACKAGE_NAMESPACE;

  @Test
  void pluginsAreWiredToTheOneApiAndTheOneSdk(Platform platform) {
    for (Bundle plugin : plugins(platform)) {
      Map<String, String> providers = imports(plugin);
      Map<String, String> contract =
          providers.entrySet().stream()
              .filter(one -> one.getKey().startsWith("lip."))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

      assertThat(contract).as(plugin.getSymbolicName()).isNotEmpty();
      contract.forEach((name, provider) ->
          assertThat(provider)
              .as(plugin.getSymbolicName() + " gets " + name)
              .isEqualTo(name.startsWith("lip.api") ? "lip.api" : "lip.sdk"));
    }
  }

  @Test
  void aPluginAndTheCoreHaveTheSameClassOfTheSdk(Platform platform) throws Exception {
    String kind = "lip.sdk.backend.BackendKind";
    Class<?> sdk = platform.bundle("lip.sdk").loadClass(kind);

    assertThat(platform.bundle("lip.backend.stub").loadClass(kind)).isSameAs(sdk);
    assertThat(platform.bundle("lip.core").loadClass(kind)).isSameAs(sdk);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lip.core.gateway.Gateway",
        "lip.core.instances.CoreComponent",
        "lip.core.http.DataServlet",
        "lip.core.upstream.UpstreamComponent"
      })
  void pluginsDoNotSeeTheCore(String name, Platform platform) throws Exception {
    assertThat(platform.bundle(owner(name)).loadClass(name)).isNotNull();
    for (Bundle plugin : plugins(platform)) {
      assertThatExceptionOfType(ClassNotFoundException.class)
          .as(plugin.getSymbolicName())
          .isThrownBy(() -> plugin.loadClass(name));
    }
  }

  private static String owner(String name) {
    return Stream.of("lip.core.http", "lip.core.upstream")
        .filter(name::startsWith)
        .findFirst()
        .orElse("lip.core");
  }

  @Test
  void theInnerDoorIsOpenToTheFewThatAskForIt(Platform platform) {
    assertThat(platform.bundles())
        .filteredOn(one -> "lip.core".equals(imports(one).get("lip.core.gateway")))
        .extracting(Bundle::getSymbolicName)
        .containsExactlyInAnyOrder(
            "lip.core.http",
            "lip.core.upstream",
            "lip.operations.console",
            "lip.operations.deploy",
            "lip.operations.logging");
    assertThat(exports(platform.bundle("lip.core"))).containsExactly("lip.core.gateway");
  }

  @Test
  void librariesComeFromTheirBundles(Platform platform) throws Exception {
    Map<String, String> stub = imports(platform.bundle("lip.backend.openai.legacy"));
    Class<?> factory = platform.bundle("lip.core").loadClass("org.slf4j.LoggerFactory");
    Object logging = new Remote(factory.getMethod("getILoggerFactory").invoke(null)).target();

    assertThat(stub).containsEntry("org.slf4j", "slf4j.api");
    assertThat(stub)
        .containsEntry("com.fasterxml.jackson.core", "com.fasterxml.jackson.core.jackson-core");
    assertThat(FrameworkUtil.getBundle(factory).getSymbolicName()).isEqualTo("slf4j.api");
    assertThat(logging.getClass().getName()).isEqualTo("ch.qos.logback.classic.LoggerContext");
    assertThat(FrameworkUtil.getBundle(logging.getClass()).getSymbolicName())
        .isEqualTo("ch.qos.logback.classic");
  }

  @Test
  void supportCodeIsPrivate(Platform platform) throws Exception {
    String name = "lip.support.json.JsonReader";
    List<Bundle> holders =
        platform.bundles().stream()
            .filter(one -> one.getEntry(name.replace('.', '/') + ".class") != null)
            .toList();
    assertThat(holders).hasSizeGreaterThan(1);

    for (Bundle holder : holders) {
      assertThat(FrameworkUtil.getBundle(holder.loadClass(name))).isEqualTo(holder);
    }
    assertThat(platform.bundles())
        .flatExtracting(WiringTest::exports)
        .noneMatch(one -> one.startsWith("lip.support"));
    assertThat(platform.bundles())
        .extracting(Bundle::getSymbolicName)
        .noneMatch(one -> one.startsWith("lip.support"));
  }

  @Test
  void nothingOfOursImportsDynamically(Platform platform) {
    Stream<BundleRequirement> dynamic =
        ours(platform)
            .flatMap(one -> wiring(one).getRequirements(PACKAGE).stream())
            .filter(one ->
                PackageNamespace.RESOLUTION_DYNAMIC.equals(
                    one.getDirectives().get(Constants.RESOLUTION_DIRECTIVE)));

    assertThat(dynamic).isEmpty();
    assertThat(
            ours(platform)
                .filter(one -> one.getHeaders("").get(Constants.DYNAMICIMPORT_PACKAGE) != null))
        .isEmpty();
  }

  private static Stream<Bundle> ours(Platform platform) {
    return platform.bundles().stream().filter(one -> one.getSymbolicName().startsWith("lip."));
  }

  private static List<Bundle> plugins(Platform platform) {
    List<Bundle> plugins =
        platform.bundles().stream()
            .filter(one -> one.getSymbolicName().matches("lip\\.(backend|frontend)\\..*"))
            .toList();
    assertThat(plugins).hasSizeGreaterThanOrEqualTo(3);
    return plugins;
  }

  private static BundleWiring wiring(Bundle bundle) {
    return Objects.requireNonNull(bundle.adapt(BundleWiring.class), () -> "unresolved " + bundle);
  }

  /** Package to symbolic name of the bundle it comes from. */
  private static Map<String, String> imports(Bundle bundle) {
    return wiring(bundle).getRequiredWires(PACKAGE).stream()
        .collect(
            Collectors.toMap(
                wire -> packageOf(wire.getCapability().getAttributes()),
                WiringTest::provider,
                (one, _) -> one));
  }

  private static String provider(BundleWire wire) {
    return wire.getProvider().getBundle().getSymbolicName();
  }

  private static List<String> exports(Bundle bundle) {
    return wiring(bundle).getCapabilities(PACKAGE).stream()
        .map(one -> packageOf(one.getAttributes()))
        .toList();
  }

  private static String packageOf(Map<String, Object> attributes) {
    return String.valueOf(attributes.get(PACKAGE));
  }
}
