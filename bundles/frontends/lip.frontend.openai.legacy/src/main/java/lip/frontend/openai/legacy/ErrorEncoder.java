package lip.frontend.openai.legacy;

import lip.api.Dialect;
import lip.api.failure.Failure;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.http.Headers;
import lip.support.frontend.Phrases;
import lip.support.frontend.ProviderError;
import lip.support.frontend.RetryHeaders;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonWriter;
import lip.support.openai.chat.ErrorObject;
import org.jspecify.annotations.Nullable;

/**
 * Failures in the words of this protocol (protocol page 5). What went wrong behind us is masked;
 * our own log has it.
 */
final class ErrorEncoder {
  private ErrorEncoder() {}

  /** The whole reply, for a failure before any output. */
  static ErrorReply reply(Failure failure) {
    Row row = Row.of(failure);
    byte[] raw = unchanged(failure, row);
    Headers headers = RetryHeaders.with(Phrases.JSON, "Retry-After", failure);
    return raw == null
        ? new ErrorReply(row.status, headers, body(error(failure, row)))
        : new ErrorReply(failure.upstreamStatus(), headers, raw);
  }

  /** The record, for a failure after output. */
  static byte[] record(Failure failure) {
    Row row = Row.of(failure);
    JsonBuffer record = new JsonBuffer();
    record.append("data: ");
    byte[] raw = unchanged(failure, row);
    record.append(raw == null ? body(error(failure, row)) : ProviderError.oneLine(raw));
    record.append("\n\n");
    return record.toBytes();
  }

  /** Whether the log should hold what the client does not see. */
  static boolean masked(Failure failure) {
    return Row.of(failure).masked != null;
  }

  private static byte @Nullable [] unchanged(Failure failure, Row row) {
    return row.masked == null ? ProviderError.unchanged(failure, Dialect.OPENAI_CHAT) : null;
  }

  private static ErrorObject error(Failure failure, Row row) {
    String code = failure.upstreamCode();
    boolean ours = failure.upstreamStatus() == 0;
    // A foreign provider's code means nothing to these clients.
    boolean known = ours || Dialect.OPENAI_CHAT.equals(failure.dialect());
    return new ErrorObject(
        row.masked == null ? failure.message() : row.masked,
        row.type,
        failure.param(),
        row.masked == null && known && code != null ? code : row.code,
        true);
  }

  private static byte[] body(ErrorObject error) {
    JsonBuffer out = new JsonBuffer();
    JsonWriter writer = new JsonWriter(out);
    error.write(writer);
    writer.flush();
    return out.toBytes();
  }

  /** One row of the table. */
  private record Row(int status, String type, @Nullable String code, @Nullable String masked) {
    private static final String INVALID = "invalid_request_error";
    private static final String SERVER = "server_error";

    static Row of(Failure failure) {
      return switch (failure.kind().id()) {
        case "invalid_request" -> new Row(400, INVALID, null, null);
        case "unsupported" -> new Row(400, INVALID, "unsupported_parameter", null);
        case "context_too_long" -> new Row(400, INVALID, "context_length_exceeded", null);
        case "too_large" -> new Row(413, INVALID, "request_too_large", null);
        case "unauthenticated" -> new Row(401, "authentication_error", "invalid_api_key", null);
        case "forbidden" -> new Row(403, "permission_error", null, null);
        case "quota" -> new Row(429, "insufficient_quota", "insufficient_quota", null);
        case "not_found" -> new Row(404, INVALID, "model_not_found", null);
        case "method_not_allowed" -> new Row(405, INVALID, "method_not_allowed", null);
        case "conflict" -> new Row(409, "conflict", null, null);
        case "rate_limited" -> new Row(429, "rate_limit_error", "rate_limit_exceeded", null);
        case "overloaded" ->
            new Row(
                503,
                SERVER,
                "server_is_overloaded",
                "The model provider is overloaded. Please try again later.");
        // Said by ourselves, for the client.
        case "unavailable" -> new Row(503, SERVER, "service_unavailable", null);
        case "timeout" ->
            new Row(
                504,
                SERVER,
                "timeout",
                "The model provider did not answer in time (504 timeout). Please try again.");
        case "upstream_auth" ->
            new Row(
                502,
                SERVER,
                "upstream_authentication",
                "The model provider refused the credentials of this proxy. Its operator must look"
                    + " at them.");
        case "upstream" ->
            new Row(
                502,
                SERVER,
                "upstream_error",
                "The connection to the model provider failed or its answer was not usable (502 bad"
                    + " gateway). Please try again.");
        case "cancelled" -> new Row(499, SERVER, "request_cancelled", "The request was cancelled.");
        case "internal" -> internal();
        default -> byStatus(failure.kind().httpStatus());
      };
    }

    /** Classes that are younger than this table. */
    private static Row byStatus(int status) {
      if (status >= 400 && status < 500) {
        return new Row(status, INVALID, null, null);
      }
      Row row = internal();
      return status >= 500 && status < 600 ? new Row(status, row.type, row.code, row.masked) : row;
    }

    private static Row internal() {
      return new Row(
          500,
          SERVER,
          "internal_error",
          "The server had an error while processing your request. Sorry about that! Please try"
              + " again.");
    }
  }
}
