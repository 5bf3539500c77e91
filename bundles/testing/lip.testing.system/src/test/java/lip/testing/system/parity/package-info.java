/**
 * Every field of the vendors' own types and what becomes of it, proved by what arrives at the
 * provider and at the client.
 */
@NullMarked
package lip.testing.system.parity;

import org.jspecify.annotations.NullMarked;
