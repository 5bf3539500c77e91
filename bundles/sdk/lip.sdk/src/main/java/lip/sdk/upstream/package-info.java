/** The shared outbound HTTP client. */
@Export
@Version("0.3.0")
@NullMarked
package lip.sdk.upstream;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
