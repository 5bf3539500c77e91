/**
 * What the core relies on in a backend: the order of events, ends, failures, cancellation,
 * capabilities. Each contract asks for attempts that make the backend, or the emulator behind it,
 * do something.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.testing.conformance.backend;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
