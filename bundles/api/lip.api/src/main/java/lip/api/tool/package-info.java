/** What the model may call and whether it must. Immutable; safe from any thread. */
@Export
@Version("0.1.0")
@NullMarked
package lip.api.tool;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
