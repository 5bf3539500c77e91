/**
 * The build step between the reactor and the distribution: feature sets in, the folder that ships
 * out. A feature set is the only way for a bundle to get into it; what is listed must be there in
 * exactly the listed version, and the bnd resolver must find that the listed bundles need nothing
 * else.
 */
@NullMarked
package lip.assembly;

import org.jspecify.annotations.NullMarked;
