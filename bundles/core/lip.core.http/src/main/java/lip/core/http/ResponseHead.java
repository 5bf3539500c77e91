package lip.core.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;
import lip.sdk.http.Headers;

/** Status and fields of a response, as the plugin wants them. */
record ResponseHead(int status, Headers headers) {
  static final ResponseHead NONE = new ResponseHead(200, Headers.NONE);

  private static final Set<String> OURS =
      Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "x-trace-id");

  /** Puts them into the container's, with what the exchange adds. */
  void write(HttpServletResponse response, Fate fate) {
    response.setStatus(status);
    for (Headers.Field field : headers.fields()) {
      if (!OURS.contains(field.name().toLowerCase(Locale.ROOT))) {
        response.addHeader(field.name(), field.value());
      }
    }
    for (Headers.Field field : fate.more().fields()) {
      if (headers.first(field.name()) == null) {
        response.addHeader(field.name(), field.value());
      }
    }
    if (fate.bodyUnread()) {
      response.setHeader("Connection", "close");
    }
  }
}
