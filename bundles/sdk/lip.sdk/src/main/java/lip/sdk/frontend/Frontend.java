package lip.sdk.frontend;

import java.time.Instant;
import java.util.List;
import lip.api.failure.Failure;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.http.Headers;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Translates one client protocol. Called by many virtual threads at once; {@code close()} after the
 * last request.
 */
@ConsumerType
public interface Frontend extends AutoCloseable {
  /** The routes it answers; asked once, when the instance is made. */
  List<Claim> claims();

  /**
   * Carries one request to its end. Blocks as long as it takes. An exception that escapes is blamed
   * on the frontend and ends the response in the form of {@link #render} or of the last words.
   *
   * @throws InterruptedException when the core gives up on this thread
   */
  void handle(Exchange exchange, Calls calls) throws InterruptedException;

  /**
   * The reply for a failure before anything was sent, also for those the core finds itself (405,
   * 413, 503). Pure; quick.
   */
  ErrorReply render(Failure failure);

  /**
   * Header fields, in the words of this protocol, for what a provider said about its limits. They
   * are added to the head of the response where it does not have them. Pure; quick; in the thread
   * of the exchange.
   *
   * @param now the time of the answer
   */
  default Headers headers(ProviderNotes notes, Instant now) {
    return Headers.NONE;
  }

  @Override
  default void close() {}
}
