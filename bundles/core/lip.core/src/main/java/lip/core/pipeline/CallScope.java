package lip.core.pipeline;

import java.time.InstantSource;
import lip.sdk.Ids;
import lip.sdk.feature.CallContext;

/**
 * The circumstances of a call.
 *
 * @param traceId trace id
 * @param frontendId frontend instance
 * @param aLegId A-leg id
 * @param clock the clock
 * @param ids random ids
 */
public record CallScope(
    String traceId, String frontendId, String aLegId, InstantSource clock, Ids ids)
    implements CallContext {}
