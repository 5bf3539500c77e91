/** Puts {@code lip.logging} in force: level and form of the log, live. */
@NullMarked
package lip.operations.logging;

import org.jspecify.annotations.NullMarked;
