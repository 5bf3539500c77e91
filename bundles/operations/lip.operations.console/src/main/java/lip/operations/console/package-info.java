/**
 * The admin listener. The Felix Web Console and our inventory live on it and nowhere else; whoever
 * may log in there may run code, so the listener is on loopback, the password is generated, and
 * every write must come from a page of the listener itself.
 */
@NullMarked
package lip.operations.console;

import org.jspecify.annotations.NullMarked;
