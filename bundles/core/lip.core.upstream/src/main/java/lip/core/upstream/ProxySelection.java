package lip.core.upstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy serves an address: the explicit one, else that of the environment, else none.
 * Immutable.
 */
final class ProxySelection {
  private final UpstreamOptions options;
  private final Map<String, String> environment;
  private final NoProxy direct;

  ProxySelection(UpstreamOptions options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
    List<String> entries = new ArrayList<>(options.noProxy());
    if (options.trustEnvironmentProxy()) {
      entries.addAll(NoProxy.split(variable("NO_PROXY")));
    }
    this.direct = NoProxy.of(entries);
  }

  /** The options it was made for. */
  UpstreamOptions options() {
    return options;
  }

  /**
   * The proxy for an address; null = none.
   *
   * @throws IllegalArgumentException for a proxy address that cannot be used; the message holds
   *     nothing of it
   */
  @Nullable ProxyServer select(URI uri) {
    String host = Origin.host(uri);
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    if (!options.proxy().isEmpty()) {
      return direct.matches(host, port) ? null : server(options.proxy());
    }
    if (!options.trustEnvironmentProxy()) {
      return null;
    }
    String address = variable(tls ? "HTTPS_PROXY" : "HTTP_PROXY");
    // As everywhere: the environment's proxy is never asked for this very machine.
    boolean bypass = address.isEmpty() || NoProxy.isLoopback(host) || direct.matches(host, port);
    return bypass ? null : server(address);
  }

  private String variable(String name) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty()
        ? environment.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "").strip()
        : value;
  }

  /**
   * Reads {@code http://user:password@host:port}; the scheme may be missing.
   *
   * @throws IllegalArgumentException when it is none; the message holds nothing of it
   */
  static ProxyServer server(String address) {
    try {
      URI uri = new URI(address.contains("://") ? address : "http://" + address);
      if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
        throw new IllegalArgumentException("a proxy address is http://host:port");
      }
      String user = uri.getRawUserInfo();
      return new ProxyServer(
          Origin.host(uri),
          uri.getPort() >= 0 ? uri.getPort() : 80,
          user == null ? null : basic(user));
    } catch (URISyntaxException _) {
      // Its message repeats the address, which may hold a password.
      throw new IllegalArgumentException("a proxy address is http://host:port");
    }
  }

  private static String basic(String rawUserInfo) {
    int colon = rawUserInfo.indexOf(':');
    String user = decode(colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon));
    String password = colon < 0 ? "" : decode(rawUserInfo.substring(colon + 1));
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
