/**
 * Runs the distribution that ships as a process, as an operator does, and looks at it from outside.
 */
@NullMarked
package lip.testing.system;

import org.jspecify.annotations.NullMarked;
