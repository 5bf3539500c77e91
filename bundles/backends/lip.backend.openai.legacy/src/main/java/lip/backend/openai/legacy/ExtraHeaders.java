package lip.backend.openai.legacy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lip.sdk.InvalidSettings;
import lip.sdk.http.Headers;

/** Reads the setting {@code headers}: constant fields for a server that wants to know its apps. */
final class ExtraHeaders {
  private static final String KEY = "headers";
  private static final String FORM = "Name=value, such as X-Title=My app";

  /** What this program says itself. */
  private static final Set<String> OURS =
      Set.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Words in the names of fields that hold secrets; settings are no place for those. */
  private static final Set<String> SECRET =
      Set.of(
          "apikey",
          "auth",
          "authentication",
          "authorization",
          "cookie",
          "credential",
          "credentials",
          "key",
          "passwd",
          "password",
          "secret",
          "signature",
          "token");

  private ExtraHeaders() {}

  /** The fields; a text that could be a secret is not repeated. */
  static Headers of(List<String> pairs) throws InvalidSettings {
    Headers headers = Headers.NONE;
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = equals < 1 ? "" : pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}") || !value.matches("[ -~]{1,500}")) {
        throw new InvalidSettings(KEY, "an element is no header field", FORM);
      }
      String lower = name.toLowerCase(Locale.ROOT);
      if (Arrays.stream(lower.split("[-_.]")).anyMatch(SECRET::contains)) {
        throw new InvalidSettings(
            KEY, name + " looks like a secret, which no file holds", "api.keys for the key");
      }
      if (OURS.contains(lower)) {
        throw new InvalidSettings(KEY, name + " is set by this program", "other names");
      }
      if (headers.first(name) != null) {
        throw new InvalidSettings(KEY, name + " is there twice", "each name once");
      }
      headers = headers.plus(name, value);
    }
    return headers;
  }
}
