package lip.test.NAME;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Cannot start. */
public final class Starter implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    throw new IllegalStateException("this activator says no");
  }

  @Override
  public void stop(BundleContext context) {}
}
