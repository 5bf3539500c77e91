package lip.core.snapshot;

import lip.sdk.feature.Feature;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.StageId;

/**
 * A stage handler in force.
 *
 * @param entry the feature instance it belongs to
 * @param stage its stage
 * @param failure its policy
 * @param handler the plugin's object
 * @param <H> handler type
 */
public record LiveHandler<H>(
    Entry<Feature> entry, StageId stage, FailurePolicy failure, H handler) {}
