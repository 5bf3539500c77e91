package lip.support.json;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a body is meant to be JSON. */
public final class MediaType {
  private MediaType() {}

  /**
   * Whether a {@code Content-Type} says JSON, or says nothing. Web pages of others can send a few
   * other types without being asked for permission first: those must not become calls.
   */
  public static boolean mayBeJson(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    int parameters = contentType.indexOf(';');
    String type =
        (parameters < 0 ? contentType : contentType.substring(0, parameters))
            .strip()
            .toLowerCase(Locale.ROOT);
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"));
  }
}
