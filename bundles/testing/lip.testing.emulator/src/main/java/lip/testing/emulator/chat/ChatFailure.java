package lip.testing.emulator.chat;

import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Answers with an error envelope.
 *
 * @param status HTTP status
 * @param type error type
 * @param code error code; null = none
 * @param param offending field; null = none
 * @param message for people
 * @param retryAfter value of {@code retry-after}; null = no such header
 */
public record ChatFailure(
    int status,
    String type,
    @Nullable String code,
    @Nullable String param,
    String message,
    @Nullable String retryAfter)
    implements ChatScript {
  /** An error as OpenAI words it for a status. */
  public static ChatFailure of(int status) {
    return switch (status) {
      case 400 -> of(400, "invalid_request_error", null, "The request is invalid.");
      case 401 ->
          of(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
      case 403 -> of(403, "permission_error", null, "You have no access to this model.");
      case 404 -> of(404, "invalid_request_error", "model_not_found", "The model does not exist.");
      case 413 -> of(413, "invalid_request_error", "request_too_large", "Request too large.");
      case 429 -> rateLimited("1");
      case 503 -> of(503, "server_error", "server_is_overloaded", "The server is overloaded.");
      default -> of(status, "server_error", null, "The server had an error.");
    };
  }

  /** An error without parameter. */
  public static ChatFailure of(int status, String type, @Nullable String code, String message) {
    return new ChatFailure(status, type, code, null, message, null);
  }

  /** A 429 that says when to come back. */
  public static ChatFailure rateLimited(String retryAfter) {
    String message = "Rate limit reached.";
    return new ChatFailure(
        429, "rate_limit_error", "rate_limit_exceeded", null, message, retryAfter);
  }

  /** A 400 that says the prompt does not fit. */
  public static ChatFailure contextTooLong() {
    String message = "This model's maximum context length is 8192 tokens.";
    return new ChatFailure(
        400, "invalid_request_error", "context_length_exceeded", "messages", message, null);
  }

  @Override
  public Answer answer(ChatRequest request) {
    return answer();
  }

  Answer answer() {
    Answer answer = Answer.whole(status, "application/json", envelope().toString());
    return retryAfter == null ? answer : answer.header("Retry-After", retryAfter);
  }

  JsonValue.Obj envelope() {
    return JsonValue.object(
        "error", JsonValue.object("message", message, "type", type, "param", param, "code", code));
  }
}
