/**
 * Runs the race tests that stand beside the tests, in the packages of what they try, and says
 * whether an outcome was seen that must not be.
 */
@NullMarked
package lip.testing.stress;

import org.jspecify.annotations.NullMarked;
