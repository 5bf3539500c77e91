/** Value types and annotations for the settings interfaces of kinds. */
@Export
@Version("0.1.0")
@NullMarked
package lip.sdk.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
