package lip.backend.anthropic;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Instance;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.Fact;
import lip.sdk.backend.ModelInfo;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import lip.support.anthropic.messages.LimitHeaders;
import lip.support.provider.Inventory;
import lip.support.provider.Keys;
import lip.support.provider.ProviderFailures;
import lip.support.provider.Redaction;
import lip.support.provider.SafeNotes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance: wiring and lifecycle, no wire knowledge. */
final class AnthropicBackend implements Backend {
  private static final Logger LOG = LoggerFactory.getLogger(AnthropicBackend.class);

  private static final Capabilities CAPABILITIES =
      Capabilities.of(
          Capability.STREAMING,
          Capability.TOOLS,
          Capability.PARALLEL_TOOL_CALLS,
          Capability.CUSTOM_TOOLS,
          Capability.VISION,
          Capability.DOCUMENTS,
          Capability.STRUCTURED_OUTPUTS,
          Capability.REASONING);

  private final Instance instance;
  private final Upstream upstream;
  private final Endpoint endpoint;
  private final Keys keys;
  private final Inventory inventory;
  private final @Nullable String version;
  private final boolean streamed;
  private final TokenCounter counter;

  AnthropicBackend(
      Instance instance,
      Upstream upstream,
      Endpoint endpoint,
      Keys keys,
      Inventory inventory,
      @Nullable String version,
      boolean streamed) {
    this.instance = instance;
    this.upstream = upstream;
    this.endpoint = endpoint;
    this.keys = keys;
    this.inventory = inventory;
    this.version = version;
    this.streamed = streamed;
    this.counter = new TokenCounter(instance, upstream, endpoint, version);
  }

  @Override
  public EventStream open(Attempt attempt) throws UpstreamFailure {
    RequestBody body = body(attempt, attempt.call());
    return keys.use(key -> open(attempt, body, key));
  }

  private RequestBody body(Attempt attempt, Call call) {
    return RequestBody.of(call, attempt.model(), version, streamed, attempt.fidelity());
  }

  /** Sends it; once more without reasoning when a signature in the history was refused. */
  private EventStream open(Attempt attempt, RequestBody body, Keys.@Nullable Key key)
      throws UpstreamFailure {
    try {
      return send(attempt, body, key);
    } catch (UpstreamFailure e) {
      Call without = Unsigned.isRefusal(e.failure()) ? Unsigned.of(attempt.call()) : null;
      if (without == null) {
        throw e;
      }
      LOG.info(
          "a signature was refused, once more without reasoning: instance={} bleg={}",
          instance.id(),
          attempt.bLegId());
      attempt.fidelity().lost("reasoning", "the provider refused a signature in the history");
      return send(attempt, body(attempt, without), key);
    }
  }

  private EventStream send(Attempt attempt, RequestBody body, Keys.@Nullable Key key)
      throws UpstreamFailure {
    Redaction redaction = Redaction.of(key);
    Instant now = instance.clock().instant();
    Failures failures = new Failures(redaction, now);
    boolean sameDialect = attempt.call().dialect().equals(Dialect.ANTHROPIC);
    Reply reply = upstream.send(request(body, key));
    boolean handed = false;
    try {
      ProviderNotes notes = SafeNotes.of(LimitHeaders.read(reply.headers(), now), redaction);
      if (notes != null) {
        attempt.notes(notes);
      }
      if (reply.status() < 200 || reply.status() >= 300) {
        throw ProviderFailures.refused(reply, failures::ofStatus, key);
      }
      MessageStream stream =
          new MessageStream(
              reply,
              failures,
              new EventDecoder(failures, body.tools(), sameDialect, attempt.fidelity()));
      stream.begin();
      handed = true;
      return stream;
    } finally {
      if (!handed) {
        reply.close();
      }
    }
  }

  @Override
  public OptionalLong countTokens(Attempt attempt) throws UpstreamFailure {
    return counter.count(attempt, keys);
  }

  @Override
  public Capabilities capabilities(String model) {
    return CAPABILITIES;
  }

  @Override
  public List<ModelInfo> models() {
    return inventory.models();
  }

  @Override
  public List<Fact> facts() {
    return inventory.facts(keys);
  }

  @Override
  public void close() {
    inventory.close();
  }

  private Request request(RequestBody body, Keys.@Nullable Key key) {
    Headers headers =
        Endpoint.headers(body.version(), key)
            .plus("Content-Type", "application/json")
            .plus("Accept", streamed ? "text/event-stream" : "application/json");
    if (!body.betas().isEmpty()) {
      headers = headers.plus("anthropic-beta", String.join(",", body.betas()));
    }
    return new Request(
        "POST",
        endpoint.resolve(body.betas().isEmpty() ? "/messages" : "/messages?beta=true"),
        headers,
        body.bytes(),
        instance.timeouts(),
        streamed);
  }
}
