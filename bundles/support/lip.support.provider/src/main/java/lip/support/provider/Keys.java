package lip.support.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Instance;
import lip.sdk.backend.Fact;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an instance in order. One that the server refused is left out until its value may
 * have changed, one that was limited until its time has come.
 */
public final class Keys {
  private static final Logger LOG = LoggerFactory.getLogger(Keys.class);
  private static final Duration COOL_DOWN = Duration.ofSeconds(60);
  private static final Duration AT_LEAST = Duration.ofMillis(1);
  private static final Duration NO_QUOTA = Duration.ofMinutes(15);

  private final List<Secret> secrets;
  private final InstantSource clock;
  private final AtomicReferenceArray<@Nullable Rest> rests;

  /** 1 = the reference led to nothing when the key was last wanted. */
  private final AtomicIntegerArray missing;

  /** With the keys in the order of their use. */
  public Keys(List<Secret> secrets, InstantSource clock) {
    this.secrets = List.copyOf(secrets);
    this.clock = clock;
    rests = new AtomicReferenceArray<>(this.secrets.size());
    missing = new AtomicIntegerArray(this.secrets.size());
  }

  /** The keys of an instance for a server; warns when they travel readable to another machine. */
  public static Keys of(Instance instance, ServerAddress to, List<Secret> secrets) {
    if (!secrets.isEmpty() && to.exposesKeys()) {
      LOG.warn(
          "base.url is http to another machine, the key travels readable: instance={} host={}",
          instance.id(),
          to.host());
    }
    return new Keys(secrets, instance.clock());
  }

  /**
   * The first usable key; null = this instance has none and needs none.
   *
   * @throws UpstreamFailure when it has keys and none is usable
   */
  public @Nullable Key pick() throws UpstreamFailure {
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
        Key key = new Key(i, secret.reveal().strip(), secret.version());
        missing(i, 0);
        return key;
      } catch (SecretUnavailable e) {
        unavailable = e.getMessage();
        missing(i, 1);
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

  /** A use of a key. */
  @FunctionalInterface
  public interface Use<T> {
    /** Does it; null = without a key. */
    T with(@Nullable Key key) throws UpstreamFailure;
  }

  /**
   * Uses the first usable key, and the next ones as long as the failure is one of the key: refused,
   * limited, or out of quota. What the last key met is thrown.
   */
  public <T> T use(Use<T> use) throws UpstreamFailure {
    Key key = pick();
    while (true) {
      try {
        return use.with(key);
      } catch (UpstreamFailure e) {
        if (!failed(key, e.failure())) {
          throw e;
        }
        try {
          key = pick();
        } catch (UpstreamFailure _) {
          // None is left: the client learns what the provider said, not what we lack.
          throw e;
        }
      }
    }
  }

  /**
   * Takes note of how a request with a key ended.
   *
   * @return whether the key rests now, so that another one may do better
   */
  public boolean failed(@Nullable Key key, Failure failure) {
    if (key == null) {
      return false;
    }
    Instant now = clock.instant();
    Duration wait = failure.retryAfter();
    switch (failure.kind().id()) {
      case "upstream_auth" -> {
        // 403 may be about the model; only a 401 is about the key.
        if (failure.upstreamStatus() != 401) {
          return false;
        }
        rests.set(key.index, new Rest(key.version, now, Instant.MAX, "401"));
        LOG.warn(
            "a key was refused, it rests until its value changes: {}",
            secrets.get(key.index).reference());
      }
      case "rate_limited" -> rest(key, now, wait == null ? COOL_DOWN : wait, "limited");
      case "quota" -> rest(key, now, wait == null ? NO_QUOTA : wait, "out of quota");
      default -> {
        return false;
      }
    }
    return true;
  }

  /** How each key fares, in their order: its reference and a state, never the value. */
  public List<Fact> facts() {
    Instant now = clock.instant();
    List<Fact> facts = new ArrayList<>(secrets.size());
    for (int i = 0; i < secrets.size(); i++) {
      facts.add(new Fact("key", secrets.get(i).reference(), state(i, now)));
    }
    return List.copyOf(facts);
  }

  private String state(int index, Instant now) {
    Rest rest = rests.get(index);
    if (rest != null && rest.version == secrets.get(index).version() && rest.until.isAfter(now)) {
      return rest.until.equals(Instant.MAX)
          ? "retired since " + seconds(rest.since) + ": " + rest.why
          : "resting until " + seconds(rest.until) + ": " + rest.why;
    }
    return missing.get(index) == 0 ? "ready" : "not there when last wanted";
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private void missing(int index, int value) {
    // All requests come by here: a store each time would have their cores fight for the line.
    if (missing.get(index) != value) {
      missing.set(index, value);
    }
  }

  private void rest(Key key, Instant now, Duration wait, String why) {
    LOG.info("a key was limited: {} for={}", secrets.get(key.index).reference(), wait);
    // A wait of nothing would have the same key tried again at once.
    Instant until = now.plus(wait.isZero() ? AT_LEAST : wait);
    rests.set(key.index, new Rest(key.version, now, until, why));
  }

  /**
   * A revealed key, for one request.
   *
   * @param index its place
   * @param value the secret
   * @param version version of the value
   */
  public record Key(int index, String value, long version) {
    /** Without the value. */
    @Override
    public String toString() {
      return "Key[" + index + "]";
    }
  }

  private record Rest(long version, Instant since, Instant until, String why) {}
}
