/**
 * What a frontend implements: claims and translation of wire requests to calls, and what it calls.
 */
@Export
@Version("0.2.0")
@NullMarked
package lip.sdk.frontend;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
