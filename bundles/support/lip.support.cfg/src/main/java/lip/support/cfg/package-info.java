/**
 * The text form of configuration files: {@code key = value} lines with comments. A file can be
 * read, changed and written again with its comments, its order and its untouched lines. What the
 * values mean is decided elsewhere.
 */
@NullMarked
package lip.support.cfg;

import org.jspecify.annotations.NullMarked;
