package lip.launcher;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.framework.hooks.bundle.FindHook;

/**
 * Hides Jetty from SPI Fly, which otherwise parses and copies each of its 600 classes: a third of
 * the start. Jetty does not need it: the only service it looks for is one of its own, with a
 * default. ADR 0012.
 */
final class WeavingScope implements EventHook, FindHook {
  private static final String WEAVER = "org.apache.aries.spifly.dynamic.bundle";
  private static final String UNTOUCHED = "org.apache.felix.http.jetty12";

  /** Puts it in force; before the first bundle starts. */
  void register(BundleContext framework) {
    framework.registerService(
        new String[] {EventHook.class.getName(), FindHook.class.getName()}, this, null);
  }

  @Override
  public void event(BundleEvent event, Collection<BundleContext> listeners) {
    if (untouched(event.getBundle())) {
      listeners.removeIf(WeavingScope::weaver);
    }
  }

  @Override
  public void find(BundleContext asking, Collection<Bundle> bundles) {
    if (weaver(asking)) {
      bundles.removeIf(WeavingScope::untouched);
    }
  }

  private static boolean weaver(BundleContext context) {
    return WEAVER.equals(context.getBundle().getSymbolicName());
  }

  private static boolean untouched(Bundle bundle) {
    return UNTOUCHED.equals(bundle.getSymbolicName());
  }
}
