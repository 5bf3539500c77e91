package lip.sdk.frontend;

import java.io.InputStream;
import java.util.Map;
import lip.api.event.Event;
import lip.api.failure.Rejected;
import lip.sdk.http.Headers;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One HTTP request and its response: all of HTTP that a frontend sees. Used by the request's
 * thread.
 */
@ProviderType
public interface Exchange {
  /** Upper-case method. */
  String method();

  /** Path as sent, not decoded, without query. */
  String path();

  /** Values of the pattern's names, percent-decoded. */
  Map<String, String> parameters();

  /** Query as sent; empty = none. */
  String query();

  /** Trace id: the client's {@code X-Trace-ID} or a fresh one. Already set on the response. */
  String traceId();

  /** Request header fields. */
  Headers headers();

  /**
   * The whole request body, content coding removed. Until the answer begins it counts against what
   * all requests may hold together; after that no frame should refer to it or to the call.
   *
   * @throws Rejected when it is too large, too slow, cut off, or in a coding we cannot read, or
   *     while other large ones leave no room for it
   */
  byte[] body() throws Rejected;

  /**
   * The body as a stream, for relays; the limit for raw bodies applies. Content coding is left as
   * sent.
   */
  InputStream bodyStream();

  /**
   * Sends a whole response. Ends the exchange.
   *
   * @throws ExchangeEnded when the client is gone or the core has ended the exchange
   * @throws IllegalStateException when something was sent before
   */
  void respond(int status, Headers headers, byte[] body);

  /**
   * Prepares a streamed response. Nothing is sent yet: status and headers leave with the first
   * flush or with the first keep-alive, whichever is first. Until then {@link #respond} still
   * works.
   *
   * @param keepAlive record to send in silent gaps; empty = none
   */
  Records stream(int status, Headers headers, byte[] keepAlive);

  /**
   * Leaves the rest of a streamed response to the core, which reads the answer, has its events
   * written and closes it. The last thing that {@link Frontend#handle} does: the events may come
   * after it has returned, on other threads, one at a time.
   *
   * @param answer what is read
   * @param writer writes it to the {@link Records} of {@link #stream}
   */
  default void follow(Answer answer, AnswerWriter writer) {
    try (answer) {
      for (Event event; (event = answer.next()) != null; ) {
        if (writer.write(event)) {
          return;
        }
        if (!answer.ready()) {
          writer.pause();
        }
      }
    }
    writer.cutShort();
  }

  /** Whether status and headers have left. */
  boolean started();

  /**
   * Leaves or replaces what the core sends when it must end this response by itself. Set it before
   * the call is opened.
   */
  void lastWords(LastWords words);
}
