package lip.core.gateway;

import java.util.Map;
import java.util.function.Consumer;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One admitted request: its pinned snapshot, its leases, its way to end. */
@ProviderType
public interface PinnedExchange extends AutoCloseable {
  /** The leased frontend. Calls of it are isolated by the caller, see {@link #blame}. */
  Frontend frontend();

  /** Its instance id. */
  String frontendId();

  /** Values of the claim's pattern names, percent-decoded. */
  Map<String, String> parameters();

  /** What the frontend calls. */
  Calls calls();

  /**
   * Response headers that the core adds when the head of the response leaves: those of the answer,
   * and what the client asked for with {@code X-LIP-Debug}. Any thread, never blocks.
   */
  default Headers headers() {
    return Headers.NONE;
  }

  /**
   * Tells which thread runs the plugins for it, until it is closed; null = none at the moment.
   * Whoever burns CPU is looked for on these threads.
   */
  void worker(@Nullable Thread thread);

  /**
   * Sets what is done when the core must end this exchange: a lease of it was revoked at the drain
   * limit, or the framework stops. Called at most once, on a thread of the core, with the cause; at
   * once when it has already happened. Must not block.
   */
  void onRevoked(Consumer<EndCause> action);

  /** Whether the exchange was revoked: from then on the plugin's writes fail. */
  boolean revoked();

  /**
   * Closes all answers that are open in this exchange, so that a blocked {@code next()} returns.
   * Any thread, never blocks.
   */
  void end(EndCause cause);

  /** Counts and logs an exception of the frontend against its instance. */
  void blame(Throwable thrown);

  /** Why the exchange was ended early; null = it was not. */
  @Nullable EndCause endCause();

  /** Gives all leases back. Idempotent. Afterwards the object holds no plugin any more. */
  @Override
  void close();
}
