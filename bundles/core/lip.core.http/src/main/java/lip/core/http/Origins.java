package lip.core.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Tells web pages of others from clients. A browser cannot be made to leave {@code Origin} or
 * {@code Sec-Fetch-Site} out, programs send neither, and applications built on a browser have an
 * origin with a scheme of their own, which no page on the web can have.
 *
 * @param allowed origins of pages that may call, besides those of this machine
 */
public record Origins(List<String> allowed) {
  /** Pages of this machine only. */
  public static final Origins LOCAL = new Origins(List.of());

  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:(?:[a-z0-9.-]+\\.)?localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?");

  private static final Pattern LOCAL_ADDRESS =
      Pattern.compile("127\\..*|\\[?(?:::1|0:0:0:0:0:0:0:1)]?");

  /** Compares without case. */
  public Origins {
    allowed = allowed.stream().map(Origins::lower).toList();
  }

  /** Whether a text is an origin: a scheme and a host, with a port unless it is the usual one. */
  public static boolean valid(String origin) {
    return ORIGIN.matcher(lower(origin)).matches();
  }

  /**
   * Why a request is not served; empty = it is.
   *
   * @param local IP address that it came in at, asked for browsers only
   */
  Optional<String> problem(String method, Headers headers, Supplier<String> local) {
    String site = headers.first("Sec-Fetch-Site");
    if (site == null && headers.first("Origin") == null) {
      return Optional.empty();
    }
    List<String> origins = headers.all("Origin");
    // Only a browser can be led here by a name that its page's owner points at this machine.
    String host = lower(headers.first("Host"));
    if (LOCAL_ADDRESS.matcher(local.get()).matches() && !ours(host)) {
      return Optional.of("web pages reach this address by its own name only (Host)");
    }
    if (READS.contains(method)) {
      return Optional.empty();
    }
    if (origins.isEmpty()) {
      return "cross-site".equals(site) || "same-site".equals(site)
          ? Optional.of("web pages of others may not call (Sec-Fetch-Site)")
          : Optional.empty();
    }
    boolean json = lower(headers.first("Content-Type")).startsWith("application/json");
    return origins.size() == 1 && caller(lower(origins.getFirst()), host, json)
        ? Optional.empty()
        : Optional.of("web pages of others may not call unless allowed.origins has them (Origin)");
  }

  private boolean ours(String host) {
    return LOOPBACK.matcher(host).matches()
        || allowed.stream().anyMatch(origin -> authority(origin).equals(host));
  }

  private boolean caller(String origin, String host, boolean json) {
    if (origin.equals("null")) {
      // Pages can hide behind it, but not send JSON with it: a browser asks first, and we say no.
      return json;
    }
    boolean page = origin.startsWith("http://") || origin.startsWith("https://");
    return !page
        || allowed.contains(origin)
        || authority(origin).equals(host)
        || LOOPBACK.matcher(authority(origin)).matches();
  }

  private static String authority(String origin) {
    int start = origin.indexOf("://");
    return start < 0 ? "" : origin.substring(start + 3);
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
  }
}
