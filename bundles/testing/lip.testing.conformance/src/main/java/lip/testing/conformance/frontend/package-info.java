/**
 * What the core and clients rely on in a frontend, shown with an exchange in memory and a core that
 * records what it is asked and answers what the test says.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.testing.conformance.frontend;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
