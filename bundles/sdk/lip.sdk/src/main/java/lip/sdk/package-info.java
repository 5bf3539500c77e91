/**
 * What every kind of plugin has in common: kinds are services, the core makes and owns their
 * instances.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.sdk;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
