/**
 * What did not pass unchanged between a client and a provider, and where a plugin says so. Safe
 * from any thread.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.sdk.fidelity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
