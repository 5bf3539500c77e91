/**
 * The provider that is measured against: a process of its own with one thread, so that its work is
 * never counted as the product's.
 */
@NullMarked
package lip.testing.benchmarks.upstream;

import org.jspecify.annotations.NullMarked;
