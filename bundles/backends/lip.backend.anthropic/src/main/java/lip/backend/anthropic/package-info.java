/**
 * The backend {@code anthropic}: Messages against Anthropic, or a server that speaks it. A call of
 * the same dialect that nobody changed goes out as it came in; every other one is written from the
 * canonical call, its history repaired where this provider would refuse it.
 */
@NullMarked
package lip.backend.anthropic;

import org.jspecify.annotations.NullMarked;
