/**
 * The distribution as users have it: a process started by {@code bin/lip}, talked to over HTTP,
 * with plugins built at run time dropped into its folders while streams run. {@link
 * lip.testing.system.Hot} prints the hot-change table.
 */
@NullMarked
package lip.testing.system;

import org.jspecify.annotations.NullMarked;
