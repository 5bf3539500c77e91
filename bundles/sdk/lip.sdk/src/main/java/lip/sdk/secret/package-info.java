/** Secrets as references that are resolved when used; the value is in no configuration. */
@Export
@Version("0.1.0")
@NullMarked
package lip.sdk.secret;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
