package lip.sdk.frontend;

import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The answer to a call. A failure after output is its terminal {@code Failed} event; {@link
 * #next()} throws no upstream failure.
 */
@ProviderType
public interface Answer extends EventStream {
  @Override
  @Nullable Event next();

  /**
   * Response headers that belong to this answer: session, resume token. The core adds them, and
   * what a client asked for with {@code X-LIP-Debug}, to a response that lacks them.
   */
  Headers headers();

  /** Where the frontend says what of the answer it cannot say to the client, or only otherwise. */
  default Fidelity fidelity() {
    return Fidelity.NOBODY;
  }
}
