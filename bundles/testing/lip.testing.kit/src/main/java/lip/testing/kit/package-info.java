/**
 * What tests of plugins are made of: calls in one line, a clock that stands still, ids that count,
 * a stream of fixed events, a server of fixed bytes, and assertions about events. Usable with any
 * test framework; only {@link lip.testing.kit.EventsAssert} needs AssertJ.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.testing.kit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
