/**
 * Server-sent events as bytes: a reader that finds records in a stream cut anywhere, and a writer that appends records to one
 * growing buffer. Embedded by frontends and backends; knows no protocol and no JSON. Nothing here is safe for several threads.
 */
@NullMarked
package lip.support.sse;

import org.jspecify.annotations.NullMarked;
