package lip.core.upstream;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/**
 * The words for what goes wrong: host and limit, no secret, no class name. The raw exception is the
 * cause.
 */
final class Failures {
  private Failures() {}

  static UpstreamFailure timeout(String message, Throwable cause) {
    return failure(FailureClass.TIMEOUT, message, true, cause);
  }

  static UpstreamFailure connectTimeout(Origin origin, Limit limit, Throwable cause) {
    return timeout("no connection to " + origin + " within " + limit, cause);
  }

  static UpstreamFailure connect(Origin origin, Throwable cause) {
    String reason =
        switch (cause) {
          case UnknownHostException _ -> "the name is unknown";
          case NoRouteToHostException _ -> "there is no route";
          case ConnectException _ -> "the connection was refused";
          default -> "the network failed";
        };
    return failure(
        FailureClass.UPSTREAM, "cannot connect to " + origin + ": " + reason, true, cause);
  }

  static UpstreamFailure tunnel(Origin origin, int status) {
    String hint = status == 407 ? ", it wants other credentials" : "";
    return new UpstreamFailure(
        Failure.builder(
                FailureClass.UPSTREAM,
                "no way to " + origin + ": the proxy answered " + status + hint)
            .recoverable(true)
            .build());
  }

  static UpstreamFailure tls(Origin origin, Throwable cause) {
    boolean certificate = false;
    for (Throwable at = cause; at != null; at = at.getCause()) {
      certificate |= at instanceof CertificateException;
    }
    String message =
        certificate
            ? "the certificate of " + origin + " is not trusted or not made for this name"
            : "the TLS handshake with " + origin + " failed";
    return failure(FailureClass.UPSTREAM, message, true, cause);
  }

  static UpstreamFailure setup(Origin origin, String message, Throwable cause) {
    return failure(FailureClass.UPSTREAM, origin + ": " + message, true, cause);
  }

  static UpstreamFailure head(Origin origin, Throwable cause) {
    String message =
        isCut(cause)
            ? origin + " closed the connection before it answered"
            : origin + " sent an answer that is not valid HTTP";
    return failure(FailureClass.UPSTREAM, message, true, cause);
  }

  static UpstreamFailure body(Origin origin, Throwable cause) {
    String message =
        isCut(cause)
            ? origin + " broke off its answer"
            : origin + " sent an answer with broken framing";
    return failure(FailureClass.UPSTREAM, message, true, cause);
  }

  static UpstreamFailure emptyBody(Origin origin) {
    return new UpstreamFailure(
        Failure.builder(FailureClass.UPSTREAM, origin + " broke off before any content came")
            .recoverable(true)
            .build());
  }

  static UpstreamFailure tooLarge(Origin origin, int limit) {
    return new UpstreamFailure(
        Failure.of(
            FailureClass.UPSTREAM, origin + " sent an answer larger than " + limit + " bytes"));
  }

  static UpstreamFailure interrupted(Throwable cause) {
    return failure(FailureClass.CANCELLED, "the request was given up", false, cause);
  }

  static UpstreamFailure stopped() {
    return new UpstreamFailure(
        Failure.of(FailureClass.UNAVAILABLE, "outbound connections are shutting down"));
  }

  private static boolean isCut(Throwable cause) {
    return cause instanceof ConnectionClosedException
        || cause instanceof NoHttpResponseException
        || cause instanceof TruncatedChunkException
        || cause instanceof SocketException
        || cause instanceof ClosedChannelException
        || cause instanceof EOFException
        // A reset arrives as a plain exception on a channel.
        || cause.getClass() == java.io.IOException.class;
  }

  private static UpstreamFailure failure(
      FailureClass kind, String message, boolean recoverable, Throwable cause) {
    return new UpstreamFailure(
        Failure.builder(kind, message).recoverable(recoverable).build(), cause);
  }
}
