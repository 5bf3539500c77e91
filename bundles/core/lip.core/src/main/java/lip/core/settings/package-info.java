/**
 * From texts to checked settings: every value is read when a configuration arrives, against the
 * metatype of the bundle and the types of the settings interface, and is immutable afterwards.
 * Secrets stay references. Knows nothing of instances.
 */
@NullMarked
package lip.core.settings;

import org.jspecify.annotations.NullMarked;
