package lip.sdk.backend;

import org.jspecify.annotations.Nullable;

/**
 * A model of a backend.
 *
 * @param id name to ask for
 * @param displayName for people; null = none
 * @param created seconds since 1970; 0 = unknown
 * @param ownedBy owner as the provider says, or the backend's instance id
 */
public record ModelInfo(String id, @Nullable String displayName, long created, String ownedBy) {}
