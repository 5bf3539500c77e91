package lip.backend.anthropic;

import java.net.URI;
import lip.sdk.InvalidSettings;
import lip.sdk.http.Headers;
import lip.support.anthropic.messages.Names;
import lip.support.provider.Keys;
import lip.support.provider.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go and how they say who sends them.
 *
 * @param address address up to and including {@code /v1}
 */
record Endpoint(ServerAddress address) {
  static final String DEFAULT = "https://api.anthropic.com";

  private static final String ALLOWED = "an address such as https://host:port";

  /** Clients of this protocol are configured without {@code /v1}, some with it: both are right. */
  static Endpoint of(URI uri) throws InvalidSettings {
    ServerAddress given = ServerAddress.of(uri, ALLOWED);
    return new Endpoint(
        given.base().endsWith("/v1") ? given : new ServerAddress(given.base() + "/v1"));
  }

  URI resolve(String path) {
    return address.resolve(path);
  }

  /** The provider's own address: the only one that keys of the environment go to. */
  boolean isDefault() {
    return address.base().equals(DEFAULT + "/v1");
  }

  /** Version and key. The newer version takes every key as bearer; tokens are bearers anyway. */
  static Headers headers(String version, Keys.@Nullable Key key) {
    Headers headers = Headers.of("anthropic-version", version);
    if (key == null) {
      return headers;
    }
    boolean bearer = !version.equals(Names.VERSION_2023) || key.value().startsWith("sk-ant-oat");
    return bearer
        ? headers.plus("Authorization", "Bearer " + key.value())
        : headers.plus("x-api-key", key.value());
  }
}
