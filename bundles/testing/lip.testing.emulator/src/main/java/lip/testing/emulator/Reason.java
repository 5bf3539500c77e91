package lip.testing.emulator;

import java.util.Map;

/** Words for status codes. */
final class Reason {
  private static final Map<Integer, String> WORDS =
      Map.of(
          200, "OK",
          400, "Bad Request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not Found",
          405, "Method Not Allowed",
          429, "Too Many Requests",
          500, "Internal Server Error",
          502, "Bad Gateway",
          503, "Service Unavailable");

  private Reason() {}

  static String of(int status) {
    return WORDS.getOrDefault(status, "Status " + status);
  }
}
