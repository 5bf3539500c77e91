package lip.testing.emulator.messages;

import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Answers with an error envelope.
 *
 * @param status HTTP status
 * @param type error type
 * @param message for people
 * @param retryAfter value of {@code retry-after}; null = no such header
 */
public record MessagesFailure(int status, String type, String message, @Nullable String retryAfter)
    implements MessagesScript {
  /** An error as Anthropic words it for a status. */
  public static MessagesFailure of(int status) {
    return switch (status) {
      case 400 -> of(400, "invalid_request_error", "The request is invalid.");
      case 401 -> of(401, "authentication_error", "invalid x-api-key");
      case 402 -> of(402, "billing_error", "Your credit balance is too low.");
      case 403 -> of(403, "permission_error", "You have no access to this model.");
      case 404 -> of(404, "not_found_error", "model: unknown");
      case 413 -> of(413, "request_too_large", "Request exceeds the maximum size");
      case 429 ->
          new MessagesFailure(429, "rate_limit_error", "This would exceed your rate limit.", "1");
      case 504 -> of(504, "timeout_error", "The request timed out.");
      case 529 -> of(529, "overloaded_error", "Overloaded");
      default -> of(status, "api_error", "Internal server error");
    };
  }

  /** An error. */
  public static MessagesFailure of(int status, String type, String message) {
    return new MessagesFailure(status, type, message, null);
  }

  @Override
  public Answer answer(MessagesRequest request) {
    return answer();
  }

  Answer answer() {
    Answer answer =
        Answer.whole(status, "application/json", envelope().toString())
            .header("request-id", "req_emulator");
    return retryAfter == null ? answer : answer.header("retry-after", retryAfter);
  }

  JsonValue.Obj envelope() {
    return JsonValue.object(
        "type",
        "error",
        "error",
        JsonValue.object("type", type, "message", message),
        "request_id",
        "req_emulator");
  }
}
