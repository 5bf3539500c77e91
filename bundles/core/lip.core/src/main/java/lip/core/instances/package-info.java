/**
 * The instances of plugins: which kinds there are, which configurations, what is made of them, and
 * how it goes again. The {@link lip.core.instances.Registry} decides and knows no OSGi services;
 * trackers and managed services around it feed it; the {@link lip.core.instances.Publisher} turns
 * its state into snapshots.
 */
@NullMarked
package lip.core.instances;

import org.jspecify.annotations.NullMarked;
