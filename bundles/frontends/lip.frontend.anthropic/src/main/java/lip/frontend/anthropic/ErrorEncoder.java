package lip.frontend.anthropic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.http.Headers;
import lip.support.anthropic.messages.ErrorObject;
import lip.support.frontend.Phrases;
import lip.support.frontend.ProviderError;
import lip.support.frontend.RetryHeaders;
import lip.support.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Failures in the words of this protocol (protocol page 5). What went wrong behind us is masked;
 * our own log has it.
 */
final class ErrorEncoder {
  private static final Json NO_THREADS =
      Json.of("{\"error_code\":\"thread_unsupported_request\",\"unsupported\":[\"thread\"]}");

  private ErrorEncoder() {}

  /**
   * The whole reply, for a failure before any output.
   *
   * @param requestId trace id; null = not known
   */
  static ErrorReply reply(Failure failure, @Nullable String requestId) {
    Row row = Row.of(failure);
    Headers headers = RetryHeaders.with(Phrases.JSON, "retry-after", failure);
    if (requestId != null) {
      headers = headers.plus("request-id", requestId);
    }
    byte[] raw = unchanged(failure, row);
    return raw == null
        ? new ErrorReply(status(failure, row), headers, body(failure, row, requestId))
        : new ErrorReply(failure.upstreamStatus(), headers, raw);
  }

  /** The record, for a failure after output. */
  static byte[] record(Failure failure, @Nullable String requestId) {
    Row row = Row.of(failure);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes("event: error\ndata: ".getBytes(StandardCharsets.US_ASCII));
    byte[] raw = unchanged(failure, row);
    record.writeBytes(ProviderError.oneLine(raw == null ? body(failure, row, requestId) : raw));
    record.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    return record.toByteArray();
  }

  /** Whether the log should hold what the client does not see. */
  static boolean masked(Failure failure) {
    return Row.of(failure).masked != null;
  }

  private static byte @Nullable [] unchanged(Failure failure, Row row) {
    return row.masked == null ? ProviderError.unchanged(failure, Dialect.ANTHROPIC) : null;
  }

  /** The provider's own status where both speak the same protocol. */
  private static int status(Failure failure, Row row) {
    int status = failure.upstreamStatus();
    boolean same = status >= 500 && status < 600 && Dialect.ANTHROPIC.equals(failure.dialect());
    return same ? status : row.status;
  }

  private static byte[] body(Failure failure, Row row, @Nullable String requestId) {
    String said = failure.upstreamType();
    boolean same = said != null && Dialect.ANTHROPIC.equals(failure.dialect());
    String type = same && row.masked != null && failure.upstreamStatus() >= 500 ? said : row.type;
    String message = row.masked == null ? wording(failure) : row.masked;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter out = new JsonWriter(bytes);
    new ErrorObject(type, message, true).write(out, requestId, details(failure));
    out.flush();
    return bytes.toByteArray();
  }

  /** On these clients send the whole history instead. */
  private static @Nullable Json details(Failure failure) {
    return failure.kind().equals(FailureClass.UNSUPPORTED)
            && RequestDecoder.THREAD.equals(failure.param())
        ? NO_THREADS
        : null;
  }

  /** Clients look for these words to make the conversation shorter. */
  private static String wording(Failure failure) {
    String message = failure.message();
    return failure.kind().equals(FailureClass.CONTEXT_TOO_LONG)
            && !message.contains("prompt is too long")
        ? "prompt is too long: " + message
        : message;
  }

  /** One row of the table. */
  private record Row(int status, String type, @Nullable String masked) {
    private static final String INVALID = "invalid_request_error";

    static Row of(Failure failure) {
      return switch (failure.kind().id()) {
        case "invalid_request", "unsupported", "context_too_long" -> new Row(400, INVALID, null);
        case "too_large" -> new Row(413, "request_too_large", null);
        case "unsupported_media" -> new Row(415, INVALID, null);
        case "unauthenticated" -> new Row(401, "authentication_error", null);
        case "forbidden" -> new Row(403, "permission_error", null);
        case "quota" -> new Row(402, "billing_error", null);
        case "not_found" -> new Row(404, "not_found_error", null);
        case "method_not_allowed" -> new Row(405, INVALID, null);
        case "conflict" -> new Row(409, "conflict_error", null);
        case "rate_limited" -> new Row(429, "rate_limit_error", null);
        case "overloaded" -> new Row(529, "overloaded_error", "Overloaded");
        // Said by ourselves, for the client.
        case "unavailable" -> new Row(503, "overloaded_error", null);
        case "timeout" ->
            new Row(
                504,
                "timeout_error",
                "The model provider did not answer in time (504 timeout). Please try again.");
        case "upstream_auth" ->
            new Row(
                502,
                "api_error",
                "The model provider refused the credentials of this proxy. Its operator must look"
                    + " into it.");
        case "upstream" ->
            new Row(
                502,
                "api_error",
                "The model provider had an error (502 bad gateway). Please try again.");
        case "cancelled" -> new Row(499, "api_error", "The request was cancelled.");
        case "internal" -> internal();
        default -> byStatus(failure.kind().httpStatus());
      };
    }

    /** Classes that are younger than this table. */
    private static Row byStatus(int status) {
      if (status >= 400 && status < 500) {
        return new Row(status, INVALID, null);
      }
      Row row = internal();
      return status >= 500 && status < 600 ? new Row(status, row.type, row.masked) : row;
    }

    private static Row internal() {
      return new Row(500, "api_error", "Internal server error");
    }
  }
}
