package lip.testing.conformance.feature;

import java.time.InstantSource;
import lip.sdk.Ids;
import lip.sdk.feature.AttemptContext;
import lip.testing.kit.CountingIds;
import lip.testing.kit.FixedClock;

/**
 * The circumstances of an attempt as the core would give them.
 *
 * @param traceId trace id
 * @param frontendId frontend instance
 * @param aLegId A-leg id
 * @param bLegId B-leg id
 * @param number number of the attempt
 * @param backendId backend instance
 * @param model model asked for
 * @param clock clock
 * @param ids ids
 */
public record TestContext(
    String traceId,
    String frontendId,
    String aLegId,
    String bLegId,
    int number,
    String backendId,
    String model,
    InstantSource clock,
    Ids ids)
    implements AttemptContext {
  /** The first attempt of the n-th call. */
  public static TestContext of(int call) {
    return new TestContext(
        CountingIds.id("trace_", call),
        "test-frontend",
        CountingIds.id("a_", call),
        CountingIds.id("b_", call),
        1,
        "test-backend",
        "test-model",
        new FixedClock(),
        new CountingIds());
  }
}
