package lip.backend.openai.legacy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an instance in order. One that the server refused is left out until its value may
 * have changed, one that was limited until its time has come.
 */
final class Keys {
  private static final Duration COOL_DOWN = Duration.ofSeconds(60);
  private static final Duration NO_QUOTA = Duration.ofMinutes(15);

  private final List<Secret> secrets;
  private final InstantSource clock;
  private final AtomicReferenceArray<@Nullable Rest> rests;

  Keys(List<Secret> secrets, InstantSource clock) {
    this.secrets = List.copyOf(secrets);
    this.clock = clock;
    rests = new AtomicReferenceArray<>(this.secrets.size());
  }

  /**
   * The first usable key; null = this instance has none and needs none.
   *
   * @throws UpstreamFailure when it has keys and none is usable
   */
  @Nullable Key pick() throws UpstreamFailure {
    if (secrets.isEmpty()) {
      return null;
    }
    Instant now = clock.instant();
    Instant soonest = null;
    String unavailable = null;
    for (int i = 0; i < secrets.size(); i++) {
      Secret secret = secrets.get(i);
      Rest rest = rests.get(i);
      if (rest != null && rest.version == secret.version() && rest.until.isAfter(now)) {
        soonest = soonest == null || rest.until.isBefore(soonest) ? rest.until : soonest;
        continue;
      }
      try {
        return new Key(i, secret.reveal().strip(), secret.version());
      } catch (SecretUnavailable e) {
        unavailable = e.getMessage();
      }
    }
    if (soonest != null && soonest.isBefore(Instant.MAX)) {
      throw new UpstreamFailure(
          Failure.builder(FailureClass.RATE_LIMITED, "All keys of this backend are being limited.")
              .recoverable(true)
              .retryAfter(Duration.between(now, soonest))
              .build());
    }
    throw new UpstreamFailure(
        Failure.builder(FailureClass.UPSTREAM_AUTH, "no usable key")
            .recoverable(true)
            .detail(unavailable)
            .build());
  }

  /** Takes note of how a request with a key ended. */
  void failed(@Nullable Key key, Failure failure) {
    if (key == null) {
      return;
    }
    Instant now = clock.instant();
    Duration wait = failure.retryAfter();
    switch (failure.kind().id()) {
      case "upstream_auth" -> {
        // 403 may be about the model; only a 401 is about the key.
        if (failure.upstreamStatus() == 401) {
          rests.set(key.index, new Rest(key.version, Instant.MAX));
        }
      }
      case "rate_limited" ->
          rests.set(key.index, new Rest(key.version, now.plus(wait == null ? COOL_DOWN : wait)));
      case "quota" ->
          rests.set(key.index, new Rest(key.version, now.plus(wait == null ? NO_QUOTA : wait)));
      default -> {}
    }
  }

  /**
   * A revealed key, for one request.
   *
   * @param index its place
   * @param value the secret
   * @param version version of the value
   */
  record Key(int index, String value, long version) {
    /** Without the value. */
    @Override
    public String toString() {
      return "Key[" + index + "]";
    }
  }

  private record Rest(long version, Instant until) {}
}
