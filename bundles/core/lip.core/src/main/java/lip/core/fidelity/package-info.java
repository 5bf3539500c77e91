/** What did not pass unchanged: the record of a request, totals, and how both are shown. */
@NullMarked
package lip.core.fidelity;

import org.jspecify.annotations.NullMarked;
