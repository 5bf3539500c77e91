package lip.core.upstream;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads and how; connections of equal origins may serve each other's requests.
 *
 * @param host name or address, no brackets
 * @param port port
 * @param tls whether https
 * @param proxy proxy on the way; null = direct
 * @param caFile extra trust anchors; empty = none
 */
record Origin(String host, int port, boolean tls, @Nullable ProxyServer proxy, String caFile) {
  /**
   * The origin of an address.
   *
   * @throws IllegalArgumentException for anything but http and https with a host
   */
  static Origin of(URI uri, @Nullable ProxyServer proxy, String caFile) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if (!tls && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("only http and https addresses can be called");
    }
    String host = host(uri);
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    return new Origin(host, port, tls, proxy, tls ? caFile : "");
  }

  /** Host of an address, lower case, without brackets. */
  static String host(URI uri) {
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      throw new IllegalArgumentException("an address without a host cannot be called");
    }
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
  }

  /** Host and port as a request target writes them. */
  String authority() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** Value of the {@code Host} field. */
  String hostField() {
    String authority = authority();
    boolean usual = port == (tls ? 443 : 80);
    return usual ? authority.substring(0, authority.lastIndexOf(':')) : authority;
  }

  /** Whether the proxy forwards requests itself instead of a tunnel. */
  boolean isForwarded() {
    return proxy != null && !tls;
  }

  /** For messages. */
  @Override
  public String toString() {
    return authority() + (proxy == null ? "" : " (through proxy " + proxy + ")");
  }
}
