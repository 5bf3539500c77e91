/**
 * The benchmark of the whole: the assembled distribution beside nginx and the direct path, on one
 * upstream and under one load, in interleaved rounds. Started by {@code ./lip bench}.
 */
@NullMarked
package lip.testing.benchmarks;

import org.jspecify.annotations.NullMarked;
