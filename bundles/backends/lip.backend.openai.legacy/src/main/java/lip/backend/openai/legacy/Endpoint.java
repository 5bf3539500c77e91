package lip.backend.openai.legacy;

import java.net.URI;
import java.util.Locale;
import lip.sdk.InvalidSettings;

/**
 * A checked base address.
 *
 * @param base without a slash at its end
 */
record Endpoint(String base) {
  static final String DEFAULT = "https://api.openai.com/v1";

  private static final String ALLOWED = "an address such as https://host:port/v1";

  /** Checks an address; messages name the host at most: user info may hold a key. */
  static Endpoint of(URI uri) throws InvalidSettings {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new InvalidSettings("base.url", "neither http nor https", ALLOWED);
    }
    if (uri.getRawUserInfo() != null
        || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
      throw new InvalidSettings("base.url", "has user info; put the key into api.keys", ALLOWED);
    }
    if (uri.getHost() == null) {
      throw new InvalidSettings("base.url", "has no host", ALLOWED);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new InvalidSettings(
          "base.url", "has a query or fragment (host " + uri.getHost() + ")", ALLOWED);
    }
    String text = uri.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return new Endpoint(text);
  }

  URI resolve(String path) {
    return URI.create(base + path);
  }

  /** OpenAI itself, which refuses fields that compatible servers take. */
  boolean isOpenAi() {
    return "api.openai.com".equalsIgnoreCase(URI.create(base).getHost());
  }

  /** The provider's own address: the only one that keys of the environment go to. */
  boolean isDefault() {
    return base.equals(DEFAULT);
  }

  /** Whether a key would travel readable to another machine. */
  boolean exposesKeys() {
    URI uri = URI.create(base);
    String host = uri.getHost();
    boolean loopback =
        host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    return "http".equalsIgnoreCase(uri.getScheme()) && !loopback;
  }
}
