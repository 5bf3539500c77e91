package lip.core.instances;

import java.util.List;
import java.util.stream.Stream;
import lip.core.instances.Mandatory.Promise;
import lip.sdk.frontend.FrontendKind;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

/** The bundles of the installed feature sets: those that the launcher installed by reference. */
final class FeatureSets {
  private static final String BY_LAUNCHER = "reference:";
  private static final String SERVICE = "osgi.service";

  private final BundleContext context;

  FeatureSets(BundleContext context) {
    this.context = context;
  }

  /** Those whose manifests say that they provide a frontend, whether they are resolved or not. */
  List<Promise> frontends() {
    return Stream.of(context.getBundles())
        .filter(bundle -> bundle.getLocation().startsWith(BY_LAUNCHER))
        .filter(FeatureSets::promisesFrontend)
        .map(bundle -> new Promise(bundle.getBundleId(), bundle.getSymbolicName()))
        .toList();
  }

  private static boolean promisesFrontend(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredCapabilities(SERVICE).stream()
            .anyMatch(service ->
                service.getAttributes().get("objectClass") instanceof List<?> types
                    && types.contains(FrontendKind.class.getName()));
  }
}
