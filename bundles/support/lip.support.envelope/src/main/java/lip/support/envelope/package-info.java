/**
 * How reasoning of one dialect travels through a client of another: packed into a text of ours that
 * the client brings back, so that a later turn can return it to the provider that made it. Embedded
 * by frontends.
 */
@NullMarked
package lip.support.envelope;

import org.jspecify.annotations.NullMarked;
