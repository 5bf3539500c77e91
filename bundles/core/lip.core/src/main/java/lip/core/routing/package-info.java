/**
 * Which backend and model a call goes to: pure functions over what is live. A planner gives an
 * ordered list of candidates; today's has one rule after the other, the selector grammar will be
 * another planner.
 */
@NullMarked
package lip.core.routing;

import org.jspecify.annotations.NullMarked;
