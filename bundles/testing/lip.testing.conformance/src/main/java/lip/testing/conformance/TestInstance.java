package lip.testing.conformance;

import java.time.InstantSource;
import java.util.Optional;
import lip.sdk.Ids;
import lip.sdk.Instance;
import lip.sdk.upstream.Timeouts;
import lip.testing.kit.CountingIds;
import lip.testing.kit.FixedClock;
import org.jspecify.annotations.Nullable;

/**
 * An instance as the core would describe it.
 *
 * @param id instance id
 * @param order position
 * @param model the key {@code default.model}; null = not set
 * @param timeouts limits
 * @param clock clock
 * @param ids ids
 */
public record TestInstance(
    String id, int order, @Nullable String model, Timeouts timeouts, InstantSource clock, Ids ids)
    implements Instance {
  /** An instance with a clock that stands still and ids that count. */
  public static TestInstance of(String id) {
    return new TestInstance(id, 0, null, Timeouts.DEFAULT, new FixedClock(), new CountingIds());
  }

  /** The same with a default model. */
  public TestInstance withModel(String value) {
    return new TestInstance(id, order, value, timeouts, clock, ids);
  }

  /** The same with other limits. */
  public TestInstance withTimeouts(Timeouts value) {
    return new TestInstance(id, order, model, value, clock, ids);
  }

  @Override
  public Optional<String> defaultModel() {
    return Optional.ofNullable(model);
  }
}
