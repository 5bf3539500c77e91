/** How a request can fail, in one vocabulary for all protocols. */
@Export
@Version("0.1.0")
@NullMarked
package lip.api.failure;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
