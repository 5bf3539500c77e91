package lip.support.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import lip.api.event.StreamClosed;
import lip.api.failure.Failure;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Instance;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Fact;
import lip.sdk.backend.ModelInfo;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models: those configured, or what the server said last. It is asked on a thread of its own,
 * never on a request's.
 */
public final class Inventory {
  private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final Instance instance;
  private final Upstream upstream;
  private final Duration refresh;
  private final Ask ask;
  private final List<ModelInfo> configured;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Known known = new Known(List.of(), null, null);
  private volatile Instant next = Instant.MIN;
  private volatile boolean closed;
  private volatile @Nullable Reply reply;

  /** How a provider is asked for its models. */
  @FunctionalInterface
  public interface Ask {
    /** The whole list, by one or several requests. */
    List<ModelInfo> models(Asking asking) throws UpstreamFailure, MalformedJson;
  }

  /** Sends the requests of one refresh. */
  @FunctionalInterface
  public interface Asking {
    /** The answer, whatever its status. */
    Answer send(Request request) throws UpstreamFailure;
  }

  /**
   * An answer of the provider.
   *
   * @param reply status and headers; the body was read
   * @param body the whole body
   */
  public record Answer(Reply reply, byte[] body) {}

  /**
   * @param configured names, the setting {@code models}; empty = the provider is asked
   * @param refresh how often
   * @throws InvalidSettings for a name that could not stand in a list
   */
  public Inventory(
      Instance instance, Upstream upstream, List<String> configured, Duration refresh, Ask ask)
      throws InvalidSettings {
    for (String model : configured) {
      if (model.chars().anyMatch(Character::isISOControl)) {
        throw new InvalidSettings("models", "a name has a control character");
      }
    }
    this.instance = instance;
    this.upstream = upstream;
    this.refresh = refresh;
    this.ask = ask;
    this.configured =
        configured.stream().map(id -> new ModelInfo(id, null, 0, instance.id())).toList();
  }

  /** What is known now; asks in the background when it is old. */
  public List<ModelInfo> models() {
    if (!configured.isEmpty()) {
      return configured;
    }
    if (!closed
        && !instance.clock().instant().isBefore(next)
        && asking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("models of " + instance.id()).start(this::refresh);
    }
    return known.models;
  }

  /** How the keys fare, then how the list does. */
  public List<Fact> facts(Keys keys) {
    List<Fact> facts = new ArrayList<>(keys.facts());
    facts.add(fact());
    return facts;
  }

  /** Where the list comes from, how long and how old it is, and why it is not newer. */
  private Fact fact() {
    if (!configured.isEmpty()) {
      return new Fact("models", "configured", String.valueOf(configured.size()));
    }
    Known now = known;
    String state =
        now.at == null ? "none yet" : now.models.size() + ", asked at " + seconds(now.at);
    return new Fact(
        "models", "of the server", now.failure == null ? state : state + "; " + now.failure);
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Ends a request that is under way. */
  public void close() {
    closed = true;
    Reply open = reply;
    if (open != null) {
      open.close();
    }
  }

  private void refresh() {
    Duration pause = PAUSE_AFTER_FAILURE;
    try {
      List<ModelInfo> models = List.copyOf(ask.models(this::send));
      known = new Known(models, instance.clock().instant(), null);
      pause = refresh;
    } catch (UpstreamFailure | MalformedJson | StreamClosed e) {
      if (!closed) {
        LOG.info("models list not available: instance={} reason={}", instance.id(), e.getMessage());
        Known before = known;
        known = new Known(before.models, before.at, failed(e));
      }
    } finally {
      next = instance.clock().instant().plus(pause);
      asking.set(false);
    }
  }

  /** Nothing that the server said: that may be anything. */
  private String failed(Exception e) {
    String why =
        e instanceof UpstreamFailure upstream ? kind(upstream.failure()) : "unreadable answer";
    return "failed at " + seconds(instance.clock().instant()) + ": " + why;
  }

  private static String kind(Failure failure) {
    return failure.upstreamStatus() == 0
        ? failure.kind().id()
        : failure.kind().id() + ", status " + failure.upstreamStatus();
  }

  private Answer send(Request request) throws UpstreamFailure {
    try (Reply answer = upstream.send(request)) {
      reply = answer;
      if (closed) {
        throw new StreamClosed();
      }
      return new Answer(answer, answer.readAll(MOST_BYTES));
    } finally {
      reply = null;
    }
  }

  /**
   * What the server said last.
   *
   * @param at when; null = never
   * @param failure what was wrong since; null = nothing
   */
  private record Known(List<ModelInfo> models, @Nullable Instant at, @Nullable String failure) {}
}
