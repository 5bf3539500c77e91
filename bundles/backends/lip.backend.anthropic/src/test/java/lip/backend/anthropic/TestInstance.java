package lip.backend.anthropic;

import java.time.InstantSource;
import java.util.Optional;
import lip.sdk.Ids;
import lip.sdk.Instance;
import lip.sdk.upstream.Timeouts;
import lip.testing.kit.CountingIds;
import lip.testing.kit.FixedClock;

record TestInstance(InstantSource clock, Ids ids) implements Instance {
  TestInstance() {
    this(new FixedClock(), new CountingIds());
  }

  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public int order() {
    return 1000;
  }

  @Override
  public Optional<String> defaultModel() {
    return Optional.empty();
  }

  @Override
  public Timeouts timeouts() {
    return Timeouts.DEFAULT;
  }
}
