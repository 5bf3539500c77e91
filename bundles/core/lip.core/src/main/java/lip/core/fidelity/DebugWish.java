package lip.core.fidelity;

import java.util.Locale;
import lip.sdk.http.Headers;

/**
 * What a client wants to be told about its request: header {@code X-LIP-Debug} with the words
 * {@code route} and {@code fidelity} in a list, or {@code 1} for all. Words that are not known mean
 * nothing, so that a client may ask for what is younger than this.
 *
 * @param route which backend answered, and why that one
 * @param fidelity what did not pass unchanged
 */
public record DebugWish(boolean route, boolean fidelity) {
  /** Nothing. */
  public static final DebugWish NONE = new DebugWish(false, false);

  private static final String HEADER = "X-LIP-Debug";
  private static final int MOST = 256;

  /** The wish of a request. */
  public static DebugWish of(Headers headers) {
    String said = headers.first(HEADER);
    if (said == null || said.length() > MOST) {
      return NONE;
    }
    boolean route = false;
    boolean fidelity = false;
    for (String word : said.split(",", -1)) {
      switch (word.strip().toLowerCase(Locale.ROOT)) {
        case "route" -> route = true;
        case "fidelity" -> fidelity = true;
        case "1", "true", "all" -> {
          route = true;
          fidelity = true;
        }
        default -> {}
      }
    }
    return new DebugWish(route, fidelity);
  }
}
