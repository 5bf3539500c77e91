/** Small HTTP values that frontends, backends and the upstream client share. */
@Export
@Version("0.1.0")
@NullMarked
package lip.sdk.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
