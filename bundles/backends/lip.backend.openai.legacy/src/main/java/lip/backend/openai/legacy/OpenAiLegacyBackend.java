package lip.backend.openai.legacy;

import java.net.URI;
import java.util.List;
import lip.api.call.Call;
import lip.api.capability.Capabilities;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Message;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.Instance;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.Fact;
import lip.sdk.backend.ModelInfo;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import lip.support.openai.chat.LimitHeaders;
import lip.support.provider.Inventory;
import lip.support.provider.Keys;
import lip.support.provider.ProviderFailures;
import lip.support.provider.Redaction;
import lip.support.provider.SafeNotes;
import org.jspecify.annotations.Nullable;

/** One instance: wiring and lifecycle, no wire knowledge. */
final class OpenAiLegacyBackend implements Backend {

  private final Instance instance;
  private final Upstream upstream;
  private final URI completions;
  private final Profile profile;
  private final Keys keys;
  private final Inventory inventory;
  private final boolean streamed;
  private final Headers headers;
  private final ReasoningMemory memory = new ReasoningMemory();

  OpenAiLegacyBackend(
      Instance instance,
      Upstream upstream,
      Endpoint endpoint,
      Profile profile,
      Keys keys,
      Inventory inventory,
      boolean streamed,
      Headers more) {
    this.instance = instance;
    this.upstream = upstream;
    this.completions = endpoint.resolve("/chat/completions");
    this.profile = profile;
    this.keys = keys;
    this.inventory = inventory;
    this.streamed = streamed;
    this.headers =
        more.plus("Content-Type", "application/json")
            .plus("Accept", streamed ? "text/event-stream" : "application/json");
  }

  @Override
  public EventStream open(Attempt attempt) throws UpstreamFailure {
    Fidelity fidelity = attempt.fidelity();
    byte[] body = body(attempt, fidelity);
    EventStream stream = keys.use(key -> open(attempt, body, fidelity, key));
    if (profile.reasoningTags() != Profile.Tags.NONE) {
      stream = new ThoughtStream(stream, profile.reasoningTags(), fidelity);
    }
    return profile.reasoningRestored() ? new RememberingStream(stream, memory) : stream;
  }

  private byte[] body(Attempt attempt, Fidelity fidelity) {
    Call call = attempt.call();
    if (profile.reasoningRestored()) {
      List<Message> restored = memory.restored(call.messages());
      if (!restored.equals(call.messages())) {
        call = call.toBuilder().messages(restored).build();
      }
    }
    return RequestBody.of(call, attempt.model(), streamed, profile, fidelity);
  }

  private EventStream open(Attempt attempt, byte[] body, Fidelity fidelity, Keys.@Nullable Key key)
      throws UpstreamFailure {
    Redaction redaction = Redaction.of(key);
    Failures failures = new Failures(redaction, instance.clock().instant());
    Reply reply = upstream.send(request(body, key));
    boolean handed = false;
    try {
      ProviderNotes notes = SafeNotes.of(LimitHeaders.read(reply.headers()), redaction);
      if (notes != null) {
        attempt.notes(notes);
      }
      if (reply.status() < 200 || reply.status() >= 300) {
        throw ProviderFailures.refused(reply, failures::ofStatus, key);
      }
      ChatStream stream =
          new ChatStream(reply, failures, instance.ids(), fidelity, profile.finishOptional());
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
    return profile.capabilities();
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

  private Request request(byte[] body, Keys.@Nullable Key key) {
    Headers all = key == null ? headers : headers.plus("Authorization", "Bearer " + key.value());
    return new Request("POST", completions, all, body, instance.timeouts(), streamed);
  }
}
