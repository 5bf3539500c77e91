package lip.support.provider;

import java.net.URI;
import java.util.Locale;
import lip.sdk.InvalidSettings;

/**
 * A checked address that paths are put behind.
 *
 * @param base without a slash at its end
 */
public record ServerAddress(String base) {
  /**
   * Checks the value of {@code base.url}; messages name the host at most: user info may hold a key.
   *
   * @param allowed what is allowed, in words
   */
  public static ServerAddress of(URI uri, String allowed) throws InvalidSettings {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new InvalidSettings("base.url", "neither http nor https", allowed);
    }
    if (uri.getRawUserInfo() != null
        || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
      throw new InvalidSettings("base.url", "has user info; put the key into api.keys", allowed);
    }
    if (uri.getHost() == null) {
      throw new InvalidSettings("base.url", "has no host", allowed);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new InvalidSettings(
          "base.url", "has a query or fragment (host " + uri.getHost() + ")", allowed);
    }
    String text = uri.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return new ServerAddress(text);
  }

  /** The address of a path below it. */
  public URI resolve(String path) {
    return URI.create(base + path);
  }

  /** The host. */
  public String host() {
    return URI.create(base).getHost();
  }

  /** Whether a key would travel readable to another machine. */
  public boolean exposesKeys() {
    String host = host();
    boolean loopback =
        host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    return "http".equalsIgnoreCase(URI.create(base).getScheme()) && !loopback;
  }
}
