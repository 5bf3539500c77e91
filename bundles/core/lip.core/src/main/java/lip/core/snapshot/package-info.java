/**
 * The immutable runtime snapshot and the leases on what is in it. Pure data and counters: the bundles behind it are the business of
 * {@code lip.core.instances}.
 */
@NullMarked
package lip.core.snapshot;

import org.jspecify.annotations.NullMarked;
