/** What a backend answers: a checked sequence of events, pulled one at a time. */
@Export
@Version("0.2.0")
@NullMarked
package lip.api.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
