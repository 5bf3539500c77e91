/** Generation controls that more than one protocol knows. Immutable; safe from any thread. */
@Export
@Version("0.1.0")
@NullMarked
package lip.api.option;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
