package lip.support.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Instance;
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
  private volatile List<ModelInfo> known = List.of();
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
   * @param configured names; empty = the provider is asked
   * @param refresh how often
   */
  public Inventory(
      Instance instance, Upstream upstream, List<String> configured, Duration refresh, Ask ask) {
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
    return known;
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
      known = List.copyOf(ask.models(this::send));
      pause = refresh;
    } catch (UpstreamFailure | MalformedJson | StreamClosed e) {
      if (!closed) {
        LOG.info("models list not available: instance={} reason={}", instance.id(), e.getMessage());
      }
    } finally {
      next = instance.clock().instant().plus(pause);
      asking.set(false);
    }
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
}
