package lip.core.instances;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a configured instance fares.
 *
 * @param state active, failed, invalid, disabled, unresolved
 * @param reason why it is not active, or why its newest configuration or version is not in force;
 *     null = nothing to say
 * @param changed when that became so
 */
record Status(String state, @Nullable String reason, Instant changed) {}
