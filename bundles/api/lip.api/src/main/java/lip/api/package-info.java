/**
 * The values all contracts share: raw JSON text, dialects, extensions, limits. Knows no JSON
 * library and no protocol.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
