/**
 * Where the data listener stands: its settings, its server configurations, its move to a new
 * address.
 */
@NullMarked
package lip.core.http.listener;

import org.jspecify.annotations.NullMarked;
