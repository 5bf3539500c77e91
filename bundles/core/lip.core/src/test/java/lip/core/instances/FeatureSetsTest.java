package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import lip.core.instances.Mandatory.Promise;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

class FeatureSetsTest {
  private static final String FRONTEND = "lip.sdk.frontend.FrontendKind";

  @Test
  void onlyFrontendsThatTheLauncherInstalledAreOfAFeatureSet() {
    Bundle[] bundles = {
      bundle(1, "reference:file:/system/5/a.jar", "a", FRONTEND),
      bundle(2, "reference:file:/system/5/b.jar", "b", "lip.sdk.backend.BackendKind"),
      bundle(3, "file:/plugins/c.jar", "c", FRONTEND),
      bundle(0, "System Bundle", "system")
    };
    BundleContext context = fake(BundleContext.class, Map.of("getBundles", bundles));
    assertThat(new FeatureSets(context).frontends()).containsExactly(new Promise(1, "a"));
  }

  private static Bundle bundle(long id, String location, String name, String... services) {
    List<BundleCapability> capabilities =
        List.of(services).stream()
            .map(service ->
                fake(
                    BundleCapability.class,
                    Map.of("getAttributes", Map.of("objectClass", List.of(service)))))
            .toList();
    BundleRevision revision =
        fake(BundleRevision.class, Map.of("getDeclaredCapabilities", capabilities));
    return fake(
        Bundle.class,
        Map.of(
            "getBundleId",
            id,
            "getLocation",
            location,
            "getSymbolicName",
            name,
            "adapt",
            revision));
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    InvocationHandler handler = (_, method, _) -> answers.get(method.getName());
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
