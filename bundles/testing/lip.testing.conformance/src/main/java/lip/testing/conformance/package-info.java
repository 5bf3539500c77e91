/**
 * What the contracts share and what a plugin's own tests may use: an instance and settings as the
 * core would make them, without a framework. The contracts stand in the packages below, one for
 * each kind of plugin; a test class implements those that its plugin claims to keep.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.testing.conformance;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
