/**
 * A backend without a network: it answers deterministically, by settings or by the name of the
 * model. Newcomers talk to it before they have a key, tests drive every path of a frontend with it.
 */
@NullMarked
package lip.backend.stub;

import org.jspecify.annotations.NullMarked;
