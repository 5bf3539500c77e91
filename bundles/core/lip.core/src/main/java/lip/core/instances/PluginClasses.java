package lip.core.instances;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** Which plugins contain a class, what they embed included; nothing is loaded to find out. */
final class PluginClasses {
  private static final String JDK = "java";

  private final BundleContext context;
  private final Supplier<List<Source>> sources;

  PluginClasses(BundleContext context, Supplier<List<Source>> sources) {
    this.context = context;
    this.sources = sources;
  }

  /** Symbolic names of the plugins with kinds that contain a class. */
  Set<String> owners(String className) {
    Set<String> names = new TreeSet<>();
    if (className.startsWith(JDK)) {
      return names;
    }
    int dot = className.lastIndexOf('.');
    String folder = "/" + className.substring(0, Math.max(0, dot)).replace('.', '/');
    String file = className.substring(dot + 1) + ".class";
    for (Source source : sources.get()) {
      Origin origin = source.origin();
      if (!names.contains(origin.symbolicName()) && contains(origin.bundleId(), folder, file)) {
        names.add(origin.symbolicName());
      }
    }
    return names;
  }

  private boolean contains(long bundleId, String folder, String file) {
    Bundle bundle = context.getBundle(bundleId);
    BundleWiring wiring = bundle == null ? null : bundle.adapt(BundleWiring.class);
    return wiring != null
        && !wiring.listResources(folder, file, BundleWiring.LISTRESOURCES_LOCAL).isEmpty();
  }
}
