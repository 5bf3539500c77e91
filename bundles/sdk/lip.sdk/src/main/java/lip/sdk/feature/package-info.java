/** What a feature implements: handlers for the legal stages of a request. */
@Export
@Version("0.1.0")
@NullMarked
package lip.sdk.feature;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
