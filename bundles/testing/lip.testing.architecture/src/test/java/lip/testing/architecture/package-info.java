/**
 * The rules of the house as tests over the built jars and their sources: who may wire to whom, what
 * code may know, what the API promised. Each rule is shown to turn red by a test of its own.
 */
@NullMarked
package lip.testing.architecture;

import org.jspecify.annotations.NullMarked;
