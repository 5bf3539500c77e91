package lip.backend.openai.legacy;

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
import lip.support.json.MalformedJson;
import lip.support.openai.chat.ErrorObject;
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
    String text = redaction.clean(new String(body, StandardCharsets.UTF_8));
    ErrorObject error = read(text);
    Failure.Builder failure = of(status, error, text, RetryAfter.of(headers, now));
    if (error != null && error.enveloped()) {
      failure.raw(Dialect.OPENAI_CHAT, Json.of(text));
    }
    return failure.build();
  }

  /**
   * The failure of an error object inside an answer with status 200, whose code or type says what
   * it is.
   */
  Failure inBand(String text) {
    String cleaned = redaction.clean(text);
    ErrorObject error = read(cleaned);
    int status = status(error);
    Failure.Builder failure = of(status, error, cleaned, null);
    if (error != null && error.enveloped()) {
      failure.raw(Dialect.OPENAI_CHAT, Json.of(cleaned));
    }
    return failure.build();
  }

  private Failure.Builder of(
      int status, @Nullable ErrorObject error, String body, @Nullable Duration wait) {
    String message = error == null || error.message().isEmpty() ? null : error.message();
    String type = error == null ? null : error.type();
    String code = error == null ? null : error.code();
    FailureClass kind = kind(status, type, code, message == null ? "" : message);
    Duration again = wait;
    if (again == null && message != null && waits(kind)) {
      again = RetryAfter.inText(message);
    }
    return Failure.builder(
            kind, message == null ? "the provider answered with status " + status : message)
        .upstreamStatus(status)
        .upstreamType(type)
        .upstreamCode(code)
        .param(error == null ? null : error.param())
        .retryAfter(again)
        .recoverable(ProviderFailures.recoverable(kind))
        .detail(message == null ? ProviderFailures.detail(body) : null);
  }

  private static FailureClass kind(
      int status, @Nullable String type, @Nullable String code, String message) {
    String word = (type + " " + code).toLowerCase(Locale.ROOT);
    String lower = message.toLowerCase(Locale.ROOT);
    if (word.contains("context_length_exceeded") || (status < 500 && tooLong(lower))) {
      return FailureClass.CONTEXT_TOO_LONG;
    }
    return switch (status) {
      case 401 -> FailureClass.UPSTREAM_AUTH;
      // Some servers say so about the content of a request.
      case 403 ->
          word.contains("moderation") || word.contains("content")
              ? FailureClass.FORBIDDEN
              : FailureClass.UPSTREAM_AUTH;
      case 402 -> FailureClass.QUOTA;
      case 404 -> FailureClass.NOT_FOUND;
      case 408, 504, 524 -> FailureClass.TIMEOUT;
      case 409 -> FailureClass.CONFLICT;
      case 413 -> FailureClass.TOO_LARGE;
      case 429 ->
          word.contains("insufficient_quota") || word.contains("billing")
              ? FailureClass.QUOTA
              : FailureClass.RATE_LIMITED;
      case 503, 529 -> FailureClass.OVERLOADED;
      default -> {
        if (status >= 400 && status < 500) {
          yield word.contains("invalid_api_key")
              ? FailureClass.UPSTREAM_AUTH
              : FailureClass.INVALID_REQUEST;
        }
        yield word.contains("overloaded") ? FailureClass.OVERLOADED : FailureClass.UPSTREAM;
      }
    };
  }

  private static boolean tooLong(String message) {
    return message.contains("maximum context length")
        || message.contains("context length exceeded")
        || message.contains("exceeds the available context size")
        || message.contains("context window")
        || message.contains("prompt is too long");
  }

  /** The status that an in-band error stands for; 502 when it says nothing. */
  private static int status(@Nullable ErrorObject error) {
    if (error == null) {
      return 502;
    }
    String code = error.code() == null ? "" : error.code();
    if (code.matches("[45][0-9][0-9]")) {
      return Integer.parseInt(code);
    }
    String word = (error.type() + " " + code).toLowerCase(Locale.ROOT);
    if (word.contains("rate_limit") || word.contains("insufficient_quota")) {
      return 429;
    }
    if (word.contains("overloaded")) {
      return 503;
    }
    if (word.contains("authentication") || word.contains("invalid_api_key")) {
      return 401;
    }
    if (word.contains("invalid_request") || word.contains("context_length")) {
      return 400;
    }
    return word.contains("timeout") ? 504 : 502;
  }

  private static boolean waits(FailureClass kind) {
    return kind.equals(FailureClass.RATE_LIMITED)
        || kind.equals(FailureClass.OVERLOADED)
        || kind.equals(FailureClass.QUOTA);
  }

  private static @Nullable ErrorObject read(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try {
      return body.isBlank() ? null : ErrorObject.read(bytes, 0, bytes.length);
    } catch (MalformedJson _) {
      // Error pages of proxies are often no JSON; the status says enough.
      return null;
    }
  }
}
