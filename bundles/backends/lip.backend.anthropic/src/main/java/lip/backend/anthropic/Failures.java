package lip.backend.anthropic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.http.Headers;
import lip.support.anthropic.messages.ErrorObject;
import lip.support.json.MalformedJson;
import lip.support.provider.ProviderFailures;
import lip.support.provider.Redaction;
import lip.support.provider.RetryAfter;
import org.jspecify.annotations.Nullable;

/** Error statuses, bodies and records as failures. */
final class Failures {
  private final Redaction redaction;
  private final Instant now;

  Failures(Redaction redaction, Instant now) {
    this.redaction = redaction;
    this.now = now;
  }

  /** A failure of ours about what the server sent. */
  static UpstreamFailure broken(String message) {
    return ProviderFailures.broken(message);
  }

  /** The failure of a status that is no success. */
  Failure ofStatus(int status, Headers headers, byte[] body) {
    return of(status, new String(body, StandardCharsets.UTF_8), RetryAfter.of(headers, now));
  }

  /** The failure of an error inside an answer with status 200, whose type says what it is. */
  Failure inBand(String body) {
    ErrorObject error = read(body);
    String type = error == null || error.type() == null ? "" : error.type();
    int status =
        switch (type) {
          case "invalid_request_error" -> 400;
          case "authentication_error" -> 401;
          case "billing_error" -> 402;
          case "permission_error" -> 403;
          case "not_found_error" -> 404;
          case "request_too_large" -> 413;
          case "rate_limit_error" -> 429;
          case "timeout_error" -> 504;
          case "overloaded_error" -> 529;
          default -> 500;
        };
    return of(status, body, null);
  }

  private Failure of(int status, String body, @Nullable Duration wait) {
    String text = redaction.clean(body);
    ErrorObject error = read(text);
    String message = error == null || error.message().isEmpty() ? null : error.message();
    String type = error == null ? null : error.type();
    FailureClass kind = kind(status, type == null ? "" : type, message == null ? "" : message);
    Duration again = wait;
    if (again == null && message != null && status >= 402) {
      again = RetryAfter.inText(message);
    }
    Failure.Builder failure =
        Failure.builder(
                kind, message == null ? "the provider answered with status " + status : message)
            .upstreamStatus(status)
            .upstreamType(type)
            .retryAfter(again)
            .recoverable(ProviderFailures.recoverable(kind))
            .detail(message == null ? ProviderFailures.detail(text) : null);
    if (error != null && error.enveloped()) {
      failure.raw(Dialect.ANTHROPIC, Json.of(text));
    }
    return failure.build();
  }

  private static FailureClass kind(int status, String type, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (status < 500
        && (lower.contains("prompt is too long") || lower.contains("exceed context limit"))) {
      return FailureClass.CONTEXT_TOO_LONG;
    }
    if (lower.contains("credit balance is too low")) {
      return FailureClass.QUOTA;
    }
    return switch (status) {
      case 401, 403 -> FailureClass.UPSTREAM_AUTH;
      case 402 -> FailureClass.QUOTA;
      case 404 -> FailureClass.NOT_FOUND;
      case 408, 504, 524 -> FailureClass.TIMEOUT;
      case 409 -> FailureClass.CONFLICT;
      case 413 -> FailureClass.TOO_LARGE;
      case 429 -> type.equals("billing_error") ? FailureClass.QUOTA : FailureClass.RATE_LIMITED;
      case 503, 529 -> FailureClass.OVERLOADED;
      default -> {
        if (status >= 400 && status < 500) {
          yield FailureClass.INVALID_REQUEST;
        }
        yield switch (type) {
          case "overloaded_error" -> FailureClass.OVERLOADED;
          case "timeout_error" -> FailureClass.TIMEOUT;
          default -> FailureClass.UPSTREAM;
        };
      }
    };
  }

  private static @Nullable ErrorObject read(String body) {
    try {
      return body.isBlank() ? null : ErrorObject.read(body.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJson _) {
      // Error pages of proxies are often no JSON; the status says enough.
      return null;
    }
  }
}
