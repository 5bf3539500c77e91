/** Turns of a conversation and the parts they consist of. Immutable; safe from any thread. */
@Export
@Version("0.1.0")
@NullMarked
package lip.api.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
