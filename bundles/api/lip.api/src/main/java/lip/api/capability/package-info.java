/** What a candidate can do and what a call needs. */
@Export
@Version("0.1.0")
@NullMarked
package lip.api.capability;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
