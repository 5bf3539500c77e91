/** What a backend implements: one attempt at a call against a provider. */
@Export
@Version("0.1.0")
@NullMarked
package lip.sdk.backend;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
