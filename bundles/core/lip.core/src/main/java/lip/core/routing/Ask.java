package lip.core.routing;

import org.jspecify.annotations.Nullable;

/**
 * What is to be routed.
 *
 * @param selector the client's route header; null = none
 * @param model the model as the client wrote it; null = none
 * @param defaultRoute the configured default route; null = none
 */
public record Ask(
    @Nullable String selector, @Nullable String model, @Nullable String defaultRoute) {}
