/**
 * What frontends share, whatever protocol they speak: the session that headers name, the id and the
 * model of an answer, what is told of an answer that does not fit into the protocol, what frontends
 * say of themselves, what errors pass on or say of trying again, and the log line of a failure that
 * the client is not told in full. Embedded by frontends; knows no dialect.
 */
@NullMarked
package lip.support.frontend;

import org.jspecify.annotations.NullMarked;
