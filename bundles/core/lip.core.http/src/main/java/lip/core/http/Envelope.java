package lip.core.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** The error form for requests that no frontend claims, and the few JSON texts of this bundle. */
final class Envelope {
  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  private Envelope() {}

  static ErrorReply reply(Failure failure) {
    String id = quoted(failure.kind().id());
    String body =
        "{\"error\":{\"message\":"
            + quoted(failure.message())
            + ",\"type\":"
            + id
            + ",\"param\":null,\"code\":"
            + id
            + "}}";
    return new ErrorReply(failure.kind().httpStatus(), headers(failure.retryAfter()), utf8(body));
  }

  /** A refusal of the HTTP layer, before anybody claims the request. */
  static ErrorReply refused(int status, String message) {
    String body =
        "{\"error\":{\"message\":"
            + quoted(Plain.line(message))
            + ",\"type\":\"invalid_request\",\"param\":null,\"code\":null}}";
    return new ErrorReply(status, JSON, utf8(body));
  }

  /** Nobody is there to answer, for a moment. */
  static ErrorReply absent() {
    return reply(
        Failure.builder(FailureClass.UNAVAILABLE, "the gateway starts or stops; try again")
            .retryAfter(Duration.ofSeconds(1))
            .build());
  }

  static ErrorReply health() {
    return new ErrorReply(200, JSON, utf8("{\"status\":\"ok\"}"));
  }

  static ErrorReply ready(Collection<String> reasons) {
    if (reasons.isEmpty()) {
      return new ErrorReply(200, JSON, utf8("{\"status\":\"ready\"}"));
    }
    StringBuilder body = new StringBuilder("{\"status\":\"not ready\",\"reasons\":[");
    String comma = "";
    for (String reason : reasons) {
      body.append(comma).append(quoted(reason));
      comma = ",";
    }
    return new ErrorReply(503, JSON, utf8(body.append("]}").toString()));
  }

  /** Whole seconds, rounded up: whoever comes too early is sent away again. */
  private static Headers headers(@Nullable Duration wait) {
    return wait == null
        ? JSON
        : JSON.plus("Retry-After", String.valueOf((Math.max(0, wait.toMillis()) + 999) / 1000));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 8).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f) {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(hex(c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static char hex(char c) {
    return Character.forDigit(c & 15, 16);
  }
}
