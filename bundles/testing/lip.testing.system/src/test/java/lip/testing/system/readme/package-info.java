/**
 * Does what the README and the guides say: runs their shell blocks in a fresh clone and builds the
 * sample plugin as its author would, outside of the checkout.
 */
@NullMarked
package lip.testing.system.readme;

import org.jspecify.annotations.NullMarked;
