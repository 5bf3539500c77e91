package lip.core.instances;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import lip.core.settings.BackendSettings;
import lip.core.settings.CommonSettings;
import lip.sdk.Ids;
import lip.sdk.Instance;
import lip.sdk.upstream.Timeouts;

/** What an instance is told about itself. */
record MadeInstance(
    String id, CommonSettings common, Supplier<Timeouts> shared, InstantSource clock, Ids ids)
    implements Instance {
  // A limit of 0s means none; a year is none.
  private static final Duration NONE = Duration.ofDays(365);

  @Override
  public int order() {
    return common.order();
  }

  @Override
  public Optional<String> defaultModel() {
    return common instanceof BackendSettings backend ? backend.default_model() : Optional.empty();
  }

  @Override
  public Timeouts timeouts() {
    Timeouts base = shared.get();
    return common instanceof BackendSettings own
        ? new Timeouts(
            limit(own.response_header_timeout(), base.firstByte()),
            limit(own.stream_idle_timeout(), base.idle()),
            limit(own.unstreamed_response_timeout(), base.unstreamed()))
        : base;
  }

  private static Duration limit(Optional<Duration> own, Duration shared) {
    return own.map(limit -> limit.isZero() ? NONE : limit).orElse(shared);
  }
}
