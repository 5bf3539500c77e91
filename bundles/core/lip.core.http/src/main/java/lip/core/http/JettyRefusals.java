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
  private static final ErrorReply ABSENT = Envelope.absent();

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ErrorReply reply = reply(request, response.getStatus());
    response.setStatus(reply.status());
    for (Headers.Field field : reply.headers().fields()) {
      response.getHeaders().put(field.name(), field.value());
    }
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
    return true;
  }

  private static ErrorReply reply(Request request, int status) {
    String path = request.getHttpURI().getPath();
    if (status == 404 && path != null && path.startsWith("/")) {
      // The data servlet answers each path, so it is not there yet, or not any more.
      return ABSENT;
    }
    Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    return Envelope.refused(
        status, reason instanceof String text ? text : "the request cannot be read");
  }
}
