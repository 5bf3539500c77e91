package lip.core.http;

import java.nio.ByteBuffer;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.http.Headers;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty itself refuses, such as a malformed header, in the form of our own refusals instead of
 * a page for browsers. The reason is Jetty's: it names what is wrong and repeats one character of
 * the request at most.
 */
public final class JettyRefusals implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    ErrorReply reply =
        Envelope.refused(
            response.getStatus(),
            reason instanceof String text ? text : "the request cannot be read");
    for (Headers.Field field : reply.headers().fields()) {
      response.getHeaders().put(field.name(), field.value());
    }
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
    return true;
  }
}
