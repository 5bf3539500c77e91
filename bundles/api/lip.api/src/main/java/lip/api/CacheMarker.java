package lip.api;

import org.jspecify.annotations.Nullable;

/**
 * "Cache the prompt up to here".
 *
 * @param type kind of cache, {@code ephemeral} today
 * @param ttl time to live as the client wrote it ({@code 5m}, {@code 1h}); null = the provider's
 *     default
 */
public record CacheMarker(String type, @Nullable String ttl) {}
