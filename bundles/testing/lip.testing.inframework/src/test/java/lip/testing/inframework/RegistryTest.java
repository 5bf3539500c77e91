package lip.testing.inframework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Everything that ships is up and has registered what it stands for. */
@Tag("system")
@ExtendWith(InFramework.class)
class RegistryTest {
  @Test
  void everyBundleIsActiveAndEveryFragmentIsAttached(Platform platform) {
    Stream<String> wrong =
        platform.bundles().stream()
            .filter(one -> one.getState() != (isFragment(one) ? Bundle.RESOLVED : Bundle.ACTIVE))
            .map(one -> one + " is in state " + one.getState());

    assertThat(wrong).isEmpty();
    assertThat(platform.bundles())
        .extracting(Bundle::getSymbolicName)
        .contains("lip.api", "lip.sdk", "lip.core", "lip.backend.stub");
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
  }

  @ParameterizedTest
  @CsvSource({
    "lip.core.gateway.Gateway, lip.core",
    "lip.core.gateway.Singletons, lip.core",
    "lip.core.gateway.ConfigurationCheck, lip.core",
    "lip.core.gateway.Departures, lip.core",
    "lip.core.gateway.Inventory, lip.core",
    "lip.core.gateway.Inventory$DeployedFiles, lip.operations.deploy",
    "lip.core.gateway.ConfigurationLoaded, lip.operations.deploy",
    "lip.sdk.upstream.Upstream, lip.core.upstream"
  })
  void eachDoorIsRegisteredOnceByItsBundle(String type, String owner, Platform platform) {
    assertThat(platform.references(type, null))
        .extracting(reference -> reference.getBundle().getSymbolicName())
        .containsExactly(owner);
  }

  @ParameterizedTest
  @CsvSource({
    "lip.sdk.frontend.FrontendKind, anthropic openai-legacy",
    "lip.sdk.backend.BackendKind, anthropic local-stub openai-legacy"
  })
  void theKindsThatShipAreRegistered(String type, String ids, Platform platform) {
    assertThat(platform.services(type))
        .extracting(kind -> kind.text("id"))
        .containsExactlyInAnyOrder(ids.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"data", "admin"})
  void eachListenerHasOneHttpService(String listener, Platform platform) {
    List<ServiceReference<?>> all =
        platform.references("org.osgi.service.servlet.runtime.HttpServiceRuntime", null);

    assertThat(platform.runtimes(listener)).hasSize(1);
    assertThat(all).hasSize(2);
  }
}
