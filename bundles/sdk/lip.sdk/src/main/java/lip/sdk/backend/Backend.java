package lip.sdk.backend;

import java.util.List;
import java.util.OptionalLong;
import lip.api.capability.Capabilities;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Translates calls to one provider. Called by many virtual threads at once; {@code close()} after
 * the last attempt.
 */
@ConsumerType
public interface Backend extends AutoCloseable {
  /**
   * Begins an attempt; returns when the first event is known. Sends nothing twice: trying again is
   * the core's decision.
   *
   * @throws UpstreamFailure with class, upstream status and whether another candidate may be tried
   */
  EventStream open(Attempt attempt) throws UpstreamFailure;

  /** What it can do for a model. Quick; no network. */
  Capabilities capabilities(String model);

  /**
   * The models it is known to have, from configuration or the last background refresh. Quick; no
   * network.
   */
  default List<ModelInfo> models() {
    return List.of();
  }

  /**
   * What an operator should know about the instance now: its keys, its list of models. Asked
   * whenever somebody looks at the inventory, never for a request. Quick; no network. Never has a
   * secret, only its reference.
   */
  default List<Fact> facts() {
    return List.of();
  }

  /**
   * Asks the provider how many input tokens a call has. Sends one request at most, and none to a
   * provider that is known not to count; waits no longer than half a minute.
   *
   * @return the count; empty = it cannot be told
   * @throws UpstreamFailure when the provider refused or broke off
   */
  default OptionalLong countTokens(Attempt attempt) throws UpstreamFailure {
    return OptionalLong.empty();
  }

  /**
   * Relays a request of the same dialect outside of the four call types, bodies streamed both ways.
   */
  default RawReply relay(RawRequest request) throws UpstreamFailure {
    throw UpstreamFailure.unsupported(request.method() + " " + request.path());
  }

  @Override
  default void close() {}
}
