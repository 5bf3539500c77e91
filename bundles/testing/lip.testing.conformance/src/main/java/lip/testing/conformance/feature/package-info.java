/**
 * What the core relies on in the handlers of a feature, shown with streams and an {@code Out} that
 * holds, releases and checks as the core's does.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.testing.conformance.feature;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
