/** What a store implements: contracts for keeping state, looked up by type. */
@Export
@Version("0.1.0")
@NullMarked
package lip.sdk.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
