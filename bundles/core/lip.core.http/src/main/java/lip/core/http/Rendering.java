package lip.core.http;

import lip.api.failure.Failure;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Frontend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The isolation boundary around {@link Frontend#render}. */
final class Rendering {
  private static final Logger log = LoggerFactory.getLogger(Rendering.class);

  private Rendering() {}

  /** The frontend's reply, or the general one when it fails. */
  static ErrorReply of(Frontend frontend, Failure failure, String traceId) {
    try {
      ErrorReply reply = frontend.render(failure);
      if (reply == null || reply.headers() == null || reply.body() == null) {
        throw new NullPointerException("no whole reply");
      }
      if (reply.status() < 400 || reply.status() > 599) {
        throw new IllegalStateException("a failure is no " + reply.status());
      }
      return reply;
    } catch (Throwable e) {
      log.error("{} a frontend failed to render {}", traceId, failure.kind().id(), e);
      return Envelope.reply(failure);
    }
  }
}
