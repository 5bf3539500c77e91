package lip.support.provider;

import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import org.jspecify.annotations.Nullable;

/** What is the same in the failures of all providers, whatever they speak. */
public final class ProviderFailures {
  private static final int MOST_DETAIL = 2000;

  private ProviderFailures() {}

  /** How a dialect reads an error. */
  @FunctionalInterface
  public interface Reading {
    /** The failure of a status that is no success. */
    Failure ofStatus(int status, Headers headers, byte[] body);
  }

  /** A failure of ours about what the server sent. */
  public static UpstreamFailure broken(String message) {
    return new UpstreamFailure(
        Failure.builder(FailureClass.UPSTREAM, message).recoverable(true).build());
  }

  /**
   * The failure of an answer whose status is no success.
   *
   * @param key what the request was sent with
   */
  public static UpstreamFailure refused(Reply reply, Reading reading, Keys.@Nullable Key key) {
    int status = reply.status();
    if (status < 400) {
      return broken("the provider answered with status " + status + "; redirects are not followed");
    }
    Failure failure = reading.ofStatus(status, reply.headers(), AnswerBody.ofError(reply));
    if (status == 401 && key == null) {
      failure = failure.toBuilder().detail("this backend has no api.keys").build();
    }
    return new UpstreamFailure(failure);
  }

  /** Whether another provider may do better. */
  public static boolean recoverable(FailureClass kind) {
    return switch (kind.id()) {
      case "upstream_auth",
          "rate_limited",
          "quota",
          "overloaded",
          "upstream",
          "timeout",
          "not_found" ->
          true;
      default -> false;
    };
  }

  /** The body of an error that has no message of its own, for the log; null = nothing to say. */
  public static @Nullable String detail(String body) {
    if (body.isBlank()) {
      return null;
    }
    return body.length() <= MOST_DETAIL ? body : body.substring(0, MOST_DETAIL) + " ...";
  }
}
