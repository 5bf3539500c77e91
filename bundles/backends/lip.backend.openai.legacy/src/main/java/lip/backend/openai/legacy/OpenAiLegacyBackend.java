package lip.backend.openai.legacy;

import java.net.URI;
import java.util.List;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.EventStream;
import lip.api.failure.Failure;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Instance;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.ModelInfo;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import lip.support.provider.AnswerBody;
import lip.support.provider.Inventory;
import lip.support.provider.Keys;
import lip.support.provider.Redaction;
import org.jspecify.annotations.Nullable;

/** One instance: wiring and lifecycle, no wire knowledge. */
final class OpenAiLegacyBackend implements Backend {
  private static final Capabilities CAPABILITIES =
      Capabilities.of(
          Capability.STREAMING,
          Capability.TOOLS,
          Capability.PARALLEL_TOOL_CALLS,
          Capability.CUSTOM_TOOLS,
          Capability.VISION,
          Capability.DOCUMENTS,
          Capability.AUDIO,
          Capability.STRUCTURED_OUTPUTS,
          Capability.REASONING);

  private final Instance instance;
  private final Upstream upstream;
  private final URI completions;
  private final boolean openAi;
  private final Keys keys;
  private final Inventory inventory;
  private final boolean streamed;

  OpenAiLegacyBackend(
      Instance instance,
      Upstream upstream,
      Endpoint endpoint,
      Keys keys,
      Inventory inventory,
      boolean streamed) {
    this.instance = instance;
    this.upstream = upstream;
    this.completions = endpoint.resolve("/chat/completions");
    this.openAi = endpoint.isOpenAi();
    this.keys = keys;
    this.inventory = inventory;
    this.streamed = streamed;
  }

  @Override
  public EventStream open(Attempt attempt) throws UpstreamFailure {
    Fidelity fidelity = attempt.fidelity();
    byte[] body = RequestBody.of(attempt.call(), attempt.model(), streamed, openAi, fidelity);
    return keys.use(key -> open(body, fidelity, key));
  }

  private EventStream open(byte[] body, Fidelity fidelity, Keys.@Nullable Key key)
      throws UpstreamFailure {
    Failures failures =
        new Failures(new Redaction(key == null ? null : key.value()), instance.clock().instant());
    Reply reply = upstream.send(request(body, key));
    boolean handed = false;
    try {
      if (reply.status() < 200 || reply.status() >= 300) {
        throw refused(reply, failures, key);
      }
      ChatStream stream = new ChatStream(reply, failures, instance.ids(), fidelity);
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
  public Capabilities capabilities(String model) {
    return CAPABILITIES;
  }

  @Override
  public List<ModelInfo> models() {
    return inventory.models();
  }

  @Override
  public void close() {
    inventory.close();
  }

  private Request request(byte[] body, Keys.@Nullable Key key) {
    Headers headers =
        Headers.of(
            "Content-Type",
            "application/json",
            "Accept",
            streamed ? "text/event-stream" : "application/json");
    if (key != null) {
      headers = headers.plus("Authorization", "Bearer " + key.value());
    }
    return new Request("POST", completions, headers, body, instance.timeouts(), streamed);
  }

  private static UpstreamFailure refused(Reply reply, Failures failures, Keys.@Nullable Key key) {
    int status = reply.status();
    if (status < 400) {
      return Failures.broken(
          "the provider answered with status " + status + "; redirects are not followed");
    }
    Failure failure = failures.ofStatus(status, reply.headers(), AnswerBody.ofError(reply));
    if (status == 401 && key == null) {
      failure = failure.toBuilder().detail("this backend has no api.keys").build();
    }
    return new UpstreamFailure(failure);
  }
}
