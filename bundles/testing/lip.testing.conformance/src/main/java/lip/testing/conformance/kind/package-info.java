/**
 * What the core relies on in a kind of any family: its id, its settings, its defaults, and a {@code
 * create} that opens nothing and names the key that is wrong.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.testing.conformance.kind;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
