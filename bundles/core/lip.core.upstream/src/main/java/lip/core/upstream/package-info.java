/**
 * The shared outbound HTTP client behind {@code lip.sdk.upstream}. Our own connections, pool and
 * request bytes; Apache HttpCore only reads the framing of answers, and what it lets pass is
 * refused here. Nothing is exported: the component registers {@code Upstream}.
 */
@NullMarked
package lip.core.upstream;

import org.jspecify.annotations.NullMarked;
