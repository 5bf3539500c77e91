/**
 * Takes requests in: pins the snapshot and leases what the request uses, runs a call through its
 * stages, plans, and carries out attempts until one commits. What leaves here is in legal order and
 * ends with a terminal event, whatever a plugin does.
 */
@NullMarked
package lip.core.executor;

import org.jspecify.annotations.NullMarked;
