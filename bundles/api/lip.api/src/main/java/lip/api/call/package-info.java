/** One canonical request, as decoded by a frontend and as seen by stages and backends. */
@Export
@Version("0.1.0")
@NullMarked
package lip.api.call;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
