/** Tests of the soak: what it judges by, and a short run. */
@NullMarked
package lip.testing.system.soak;

import org.jspecify.annotations.NullMarked;
