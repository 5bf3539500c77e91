/**
 * The load: a process of its own with one thread, which checks every answer it receives. It takes
 * orders, a line each, on its standard input and answers each with a line.
 */
@NullMarked
package lip.testing.benchmarks.load;

import org.jspecify.annotations.NullMarked;
