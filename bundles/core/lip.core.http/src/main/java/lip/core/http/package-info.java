/**
 * The data listener: one servlet hands each request to a virtual thread of its own and gives the
 * claiming frontend an exchange. Four types share the response: {@code RecordWriter} (lock,
 * buffering, flush), {@code Attendant} (time), {@code Tenure} (who may still write) and {@code
 * Farewell} (last words).
 */
@NullMarked
package lip.core.http;

import org.jspecify.annotations.NullMarked;
