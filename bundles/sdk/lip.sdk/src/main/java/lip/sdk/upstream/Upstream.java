package lip.sdk.upstream;

import lip.api.failure.UpstreamFailure;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The shared outbound HTTP client: pooled connections, TLS, proxies, limits. A service; kinds take
 * it in their constructor. Safe from any thread; calls block the calling (virtual) thread.
 */
@ProviderType
public interface Upstream {
  /**
   * Sends a request and waits for the head of the answer. Redirects are answers, they are never
   * followed.
   *
   * @throws UpstreamFailure when no head arrives: connect, TLS, first-byte limit, broken framing.
   *     Recoverable ones say so
   */
  Reply send(Request request) throws UpstreamFailure;
}
