package lip.core.pipeline;

import java.time.InstantSource;
import lip.sdk.Ids;
import lip.sdk.feature.AttemptContext;
import lip.sdk.feature.CallContext;

/**
 * The circumstances of an attempt.
 *
 * @param call those of its call
 * @param bLegId B-leg id
 * @param number number inside the call, from 1
 * @param backendId backend instance
 * @param model model asked for
 */
public record AttemptScope(
    CallContext call, String bLegId, int number, String backendId, String model)
    implements AttemptContext {
  @Override
  public String traceId() {
    return call.traceId();
  }

  @Override
  public String frontendId() {
    return call.frontendId();
  }

  @Override
  public String aLegId() {
    return call.aLegId();
  }

  @Override
  public InstantSource clock() {
    return call.clock();
  }

  @Override
  public Ids ids() {
    return call.ids();
  }
}
